/**
 * Percent escapes as the Functions host reads them in an address, so that a request means the same in a batch and alone: what is
 * not UTF-8, or no escape, stays as it was written.
 */

/** An escape, or several that can be one character of UTF-8. */
const character =
  /%(?:[0-7][\da-f]|[cd][\da-f]%[89ab][\da-f]|e[\da-f](?:%[89ab][\da-f]){2}|f[0-7](?:%[89ab][\da-f]){3})/gi;

/** @param keep a character whose escape stays, such as the slash of a path */
export const decodeEscapes = (text: string, keep?: string): string =>
  text.replace(character, (escaped) => {
    try {
      const decoded = decodeURIComponent(escaped);
      return decoded === keep ? escaped : decoded;
    } catch {
      return escaped;
    }
  });

/** A decoded path, escaped again where an address needs it; what is still an escape stays one. */
export const encodePath = (path: string): string =>
  path.replace(/%[\da-f]{2}|[^\w\-.~!$&'()*+,;=:@/]/giu, (found) =>
    found.length === 3 && found.startsWith('%') ? found : encodeURIComponent(found),
  );

/** What no address holds as it is, escaped: blanks, and letters beyond ASCII. */
export const encodeQuery = (query: string): string => query.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
