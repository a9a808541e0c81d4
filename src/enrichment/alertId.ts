/**
 * Alert ids: which product an id is of, and what makes two of them the same alert. An id goes by two spellings, with the two letters that
 * Defender XDR puts in front and without them, and which one a feed sends can't be foreseen ("Investigate alerts in Microsoft Defender XDR";
 * seen in samples of alerts_v2 and of SecurityAlert).
 */

/** Characters. The longest id seen has 62. */
export const mostIdLength = 200;

/**
 * `defender`: Defender for Endpoint, which can be asked for the machine. `other`: another product of Defender XDR or none of it, for which
 * no call is made.
 */
export type Product = 'defender' | 'other';

/** Letters in front of an id, by the product that raised the alert ("Investigate alerts in Microsoft Defender XDR"). */
const ofDefender = ['da', 'ed'];
const ofOthers = ['ra', 'ta', 'ea', 'fa', 'aa', 'ri', 'ca', 'ma', 'rm', 'ad', 'dl', 'dc', 'sn', 'ir'];

const guid = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
/** .NET ticks and a signed number of 32 bits, or a GUID, with or without a small number. Defender for Cloud's ticks, which count backwards, have 19 digits. */
const ofDefendersForm = new RegExp(`^(?:\\d{18}_-?\\d{1,10}|${guid}(?:_\\d{1,4})?)$`, 'i');
/** What stands behind two letters, of any product: these, with any ending, or a hash. */
const ofAnyForm = new RegExp(`^(?:\\d{15,20}_.+|${guid}(?:_.+)?|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$`, 'i');

interface Parts {
  /** In lower case; empty where there is none. */
  readonly prefix: string;
  readonly rest: string;
}

/** Two letters are a prefix only before what is an id without them: a hexadecimal id may begin with any. */
const partsOf = (id: string): Parts => {
  const prefix = id.slice(0, 2).toLowerCase();
  const rest = id.slice(2);
  const isPrefix = [...ofDefender, ...ofOthers].includes(prefix) && ofAnyForm.test(rest);
  return isPrefix ? { prefix, rest } : { prefix: '', rest: id };
};

/** The same for both spellings of an alert, in any case of letters. */
export const alertKeyOf = (id: string): string => partsOf(id).rest.toLowerCase();

/** By the letters in front of the id, which leave no doubt; undefined where there are none. */
export const productInPrefix = (id: string): Product | undefined => {
  const { prefix } = partsOf(id);
  if (prefix === '') return undefined;
  return ofDefender.includes(prefix) ? 'defender' : 'other';
};

/** By the id alone: one without a prefix may be another product's. */
export const productOf = (id: string): Product =>
  productInPrefix(id) ?? (ofDefendersForm.test(id) ? 'defender' : 'other');

/** What Defender may know the alert by: the id as it came, then its other spelling. */
export const spellingsOf = (id: string): readonly [string, string] => {
  const { prefix, rest } = partsOf(id);
  return prefix === '' ? [id, `da${id}`] : [id, rest];
};

/** When the alert was raised, where the id says so: 18 digits of .NET ticks. Milliseconds since 1970. */
export const raisedAt = (id: string): number | undefined => {
  const [, ticks] = /^(\d{18})_/.exec(partsOf(id).rest) ?? [];
  return ticks === undefined ? undefined : Number(BigInt(ticks) / 10_000n - 62_135_596_800_000n);
};

/** Why a text is no alert id; undefined where it may be one. Ids go into addresses, headers and keys as they are. */
export const idFault = (id: string): string | undefined => {
  if (id.trim() === '') return 'is empty';
  if (id.length > mostIdLength) return `has ${id.length} characters; an alert id has ${mostIdLength} at most`;
  if (/[^!-~]/.test(id)) return 'holds a space, a control character, or one that is not ASCII';
  if (id.includes('%')) return 'holds a %; write it as it is, not encoded';
  if (id === '.' || id === '..') return 'is a step of a path';
  return undefined;
};
