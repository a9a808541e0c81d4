/** Percent escapes as ASP.NET Core reads them: what is not valid UTF-8, or no escape at all, stays as it was written. */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes the escapes of a text.
 *
 * @param text  percent-encoded
 * @param keep  characters whose escape stays, such as `/` in a path
 */
export const decodeEscapes = (text: string, keep = ''): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodeRun(run, keep));

const decodeRun = (run: string, keep: string): string => {
  const bytes = Uint8Array.from(run.match(/[0-9a-f]{2}/gi) ?? [], (digits) => Number.parseInt(digits, 16));
  let decoded = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const character = decodeOne(bytes.subarray(at, at + length));
    const taken = character === undefined ? 1 : length;
    const kept = character === undefined || keep.includes(character);
    decoded += kept ? run.slice(at * 3, (at + taken) * 3) : character;
    at += taken;
  }
  return decoded;
};

const sequenceLength = (lead: number) => (lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);

const decodeOne = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};
