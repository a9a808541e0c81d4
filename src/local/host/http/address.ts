/**
 * The address of a request as Kestrel reads it: refused when it is too long or holds what no address may hold,
 * otherwise decoded once (an encoded slash stays encoded), then freed of `.` and `..` segments.
 */
import { decodeEscapes } from './escapes.ts';

export type Address =
  | {
      readonly kind: 'address';
      /** Decoded, begins with a slash. */
      readonly path: string;
      /** As it was sent, with its question mark; empty if there was none. */
      readonly query: string;
    }
  | { readonly kind: 'refused'; readonly status: 400 | 414 };

/** Characters of a whole URL, and of a query (Learn, "Functions service limits"); beyond them Kestrel answers 414. */
const longestUrl = 8_192;
const longestQuery = 4_096;

/** @param target  the request line's second word, one character per byte */
export const readAddress = (target: string): Address => {
  if (/[^\x21-\x7e]/.test(target)) return { kind: 'refused', status: 400 };
  const relative = target.replace(/^https?:\/\/[^/?]*/i, '');
  const question = relative.indexOf('?');
  const path = question < 0 ? relative : relative.slice(0, question);
  const query = question < 0 ? '' : relative.slice(question);
  if (/%00/.test(path)) return { kind: 'refused', status: 400 };
  if (target.length > longestUrl || query.length - 1 > longestQuery) return { kind: 'refused', status: 414 };
  return { kind: 'address', path: withoutDots(decodeEscapes(path, '/')), query };
};

/** The path as the function sees it in its URL: escaped again, where a path needs it. */
export const encodePath = (path: string): string =>
  path.replace(/%[0-9a-fA-F]{2}|[^\w\-.~!$&'()*+,;=:@/]/gu, (found) =>
    found.length === 3 && found.startsWith('%') ? found : encodeURIComponent(found),
  );

const withoutDots = (path: string): string => {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  const last = segments[segments.length - 1];
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
};
