/** What a caller wrote in the path, made safe, and as Defender wants it. */
export type PathValue = (written: string) => PathValueResult;

export type PathValueResult =
  /** What is sent, before it is percent-encoded. */
  | { readonly kind: 'value'; readonly value: string }
  /** `code` is Defender's own word for the fault; 400 where no status is given. */
  | { readonly kind: 'wrong'; readonly status?: 404; readonly code: string; readonly message: string };

const mostCharacters = 256;

/**
 * One segment of a path and nothing else. Refused is what could make another resource of it on the way: a slash, a dot
 * segment, a control character, an escape that is still there after the address was decoded.
 *
 * @param what the thing it names, for the message: `an alert id`
 */
export const segment = (what: string, written: string, code = 'InvalidInput'): PathValueResult => {
  const fault = faultOf(written);
  if (fault === undefined) return { kind: 'value', value: written };
  return { kind: 'wrong', code, message: `${shown(written)} can't be ${what}: ${fault}` };
};

const faultOf = (written: string): string | undefined => {
  if (written.trim() === '') return 'it is empty';
  if (written.length > mostCharacters) return `it has ${written.length} characters; ${mostCharacters} are the most`;
  if (/\p{Cc}/u.test(written)) return 'it holds a control character';
  if (/[/\\]|%(2f|5c)/i.test(written)) return 'it holds a slash';
  const [piece] = /%[0-9a-f]{2}/i.exec(written) ?? [];
  if (piece !== undefined) return encodingFault(written, piece);
  if (/^\.{1,2}$/.test(written.trim())) return 'it is a dot segment';
  return undefined;
};

/** An escape that is still there was encoded twice, or is none of UTF-8's and was left as it is. */
const encodingFault = (written: string, piece: string): string => {
  try {
    decodeURIComponent(written);
    return 'it is percent-encoded twice; encode it once';
  } catch {
    return `it holds ${piece}, which is not UTF-8; encode it as UTF-8, once`;
  }
};

const shown = (written: string): string => JSON.stringify(written.length > 80 ? `${written.slice(0, 77)}...` : written);
