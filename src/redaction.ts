/**
 * Text without the secrets in it. What is a secret is told by its shape (a JWT, a key of Azure's) or by the name in front of it; whatever stands
 * behind such a name goes, up to the end of the value. Secrets become `…`; all other text stays to the letter.
 */

/** @returns the same text where it holds no secret */
export const redacted = (text: string): string =>
  rules.reduce((rest, { finds, leaves }) => rest.replace(finds, leaves), text);

/** A fault to be thrown on, where whoever catches it logs its message and its stack: the same, unless it tells a secret. */
export const redactedFault = (fault: unknown): unknown => {
  if (!(fault instanceof Error)) return typeof fault === 'string' ? redacted(fault) : fault;
  const { name, message, stack = '' } = fault;
  if (redacted(message) === message && redacted(stack) === stack) return fault;
  return Object.assign(new Error(redacted(message)), { name, stack: redacted(stack) });
};

interface Rule {
  readonly finds: RegExp;
  /** Of all that was found, and of its groups. */
  readonly leaves: (found: string, before: string, after: string) => string;
}

/** Names that are of secrets only, in settings, connection strings, headers, bodies and queries; hyphens and underscores may be missing. */
const namesOfSecrets = [
  'x[-_]?functions[-_]?key',
  'identity[-_]?header',
  'account[-_]?key',
  'shared[-_]?access[-_]?(?:key|signature)',
  'client[-_]?(?:secret|state|assertion)',
  'webhook[-_]?secret',
  '(?<![a-z])(?:access|refresh|id|auth)[-_]?token',
  'aeg[-_]?sas[-_]?(?:key|token)',
  '(?:api|master|system|function|subscription)[-_]?key',
  'x[-_]?ms[-_]?client[-_]?principal',
  'authorization',
  'password',
  'cookie',
].join('|');

/** Words that mean a secret in a query. */
const parameters = 'code|sig|key|token|secret|pwd';

/** Line breaks may be escaped. */
const space = String.raw`(?:\s|\\+[nrt])*`;

const colon = String.raw`(?:\\*["'\x60])?(?:\s*(?:=>|[:=])${space}|%3D)`;
/** Between fields of an object, attributes of an element, or elements of a list. */
const closed = String.raw`\\*["'](?:\s*,${space}|\s+)`;

/** What stands between a name and its value, and may close the quotes of the name: `=`, `: `, `":"`, `%3D`, `","value":"`, `', '`. */
const between = String.raw`${colon}|${closed}\\*["']?value${colon}|\\*["']\s*,${space}(?=\\*["'])`;

const bare = String.raw`[^\s"'&;,<>\\)\]}]+`;

/** A value: a list or an object, up to its close; in quotes as JSON and inspected objects have it, in those of JSON within JSON, or bare. Where it is cut off, it goes to the end. */
const value = [
  String.raw`\[[^\]]*\]?|\{[^}]*\}?`,
  String.raw`"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)`,
  String.raw`'(?:\\[\s\S]|[^'\\])*(?:'|\\?$)`,
  String.raw`\\"(?:\\\\(?:\\.|[^\\])|\\(?!["\\])|[^"\\])*(?:\\+"?|$)`,
  String.raw`\\{2,}"[\s\S]*?(?:\\{2,}"|$)`,
  String.raw`(?:(?:bearer|basic|sharedkey(?:lite)?|sharedaccesssignature)\s+)?${bare}`,
].join('|');

const finding = (pattern: string, flags = 'gi') => new RegExp(pattern, flags);

const hideAll = (): string => '…';
const hideAfter = (_: string, before: string): string => `${before}…`;

/** Of one part of a name, in any usual spelling; longer keys are none, but one in a hundred thousand. */
const wordOfName = /^(?:[A-Z\d]*|[a-z\d]*(?:(?:[A-Z]{1,6}[a-z]{2,}|No|Is|Of|To|In|On|By|At|Or|Id)\d*)*[A-Z]{0,4})$/;

/** Whether it can be read: a code of a fault, an id, a path. */
const isName = (text: string): boolean =>
  !/[+%=]/.test(text) && text.split(/[^A-Za-z\d]+/).every((word) => wordOfName.test(word));

const rules: readonly Rule[] = [
  { finds: finding(`((?:${namesOfSecrets})(?:${between}))(?:${value})`), leaves: hideAfter },
  // In a query, as it is or escaped.
  {
    finds: finding(String.raw`((?:[?&]|%3F|%26|\\u0026)(?:amp;)?(?:${parameters})(?:=|%3D))${bare}`),
    leaves: hideAfter,
  },
  // Elsewhere such a word has many a value; one as long as a key is one, unless it can be read.
  {
    finds: finding(String.raw`((?<![a-z0-9])(?:${parameters})(?:${between})\\*["'\x60]?)([\w+/%=~-]{32,})`),
    leaves: (found, before, after) => (isName(after) && !before.endsWith('=') ? found : `${before}…`),
  },
  // Prose has no digit, dot or stroke within the word that follows, and none of so many letters.
  {
    finds: finding(
      String.raw`((?<![a-z0-9])(?:bearer|sharedkey(?:lite)?|sharedaccesssignature)\s+)(?:(?=[\w-]*[\d.~+/]\w)|(?=[\w.~+/:=&%-]{24}))[\w.~+/:=&%-]+`,
    ),
    leaves: hideAfter,
  },
  // All of a word is found, with dots or without: what was passed over once is not looked at again.
  {
    finds: finding(String.raw`eyJ[\w-]{6,}(?:\.[\w-]*){0,4}`, 'g'),
    leaves: (found) => (found.includes('.') ? '…' : found),
  },
  { finds: finding(String.raw`whsec_[\w+/=-]+`), leaves: hideAll },
  // Keys of Functions carry a mark; those of storage accounts, and older ones, have 64 bytes in base64.
  { finds: finding(String.raw`(?<![\w-])[\w-]{30,}AzFu[\w-]{5,}={0,2}|[A-Za-z0-9+/]{86}==`, 'g'), leaves: hideAll },
];
