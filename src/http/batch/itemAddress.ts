/**
 * Where a request of a batch leads: relative to the service's root, an absolute path, or a whole address of this gateway ("OData JSON
 * Format Version 4.01", 19.1). Blanks and letters beyond ASCII need not be escaped; for the rest it is read as the host reads it.
 */
import type { Problem } from '../problem.ts';
import { decodeEscapes, encodeQuery } from './escapes.ts';

/** The address that the batch itself was sent to. */
export interface Here {
  /** With its port, unless it is the scheme's own: `gateway.example`. */
  readonly host: string;
  /** What a relative address is relative to: `/api/`, `/api/v1.0/`. */
  readonly root: string;
}

export type ItemAddress =
  | {
      readonly kind: 'address';
      /** Decoded but for slashes, without dot segments; begins with a slash. */
      readonly path: string;
      /** Encoded, with its question mark; empty where there is none. */
      readonly query: string;
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Characters, as for a request by itself ("Azure Functions service limits"). */
const longestAddress = 8192;
const longestQuery = 4096;

/** @param what names it in messages: `requests[3].url` */
export const readAddress = (written: string, { host, root }: Here, what: string): ItemAddress => {
  const fault = faultOf(written);
  if (fault !== undefined) return refused(400, 'BadRequest', `${what} ${fault}.`);
  const [, scheme, authority = '', target = written] = /^([a-z][a-z\d+.-]*):\/\/([^/?]*)(.*)$/is.exec(written) ?? [];
  if (scheme !== undefined && hostOf(scheme, authority) !== host)
    return refused(400, 'BadRequest', foreign(what, target));
  const [, ownPath = '', ownQuery = ''] = /^([^?]*)\??(.*)$/s.exec(target) ?? [];
  const path = scheme !== undefined || ownPath.startsWith('/') ? ownPath : root + ownPath;
  const query = encodeQuery(ownQuery);
  if (query.length > longestQuery || path.length + query.length >= longestAddress) {
    const message = `${what} is too long: ${longestQuery} characters are the most for a query, ${longestAddress} for an address.`;
    return refused(414, 'UriTooLong', message);
  }
  return { kind: 'address', path: withoutDots(decodeEscapes(path, '/')), query: query && `?${query}` };
};

const faultOf = (written: string): string | undefined => {
  if (/\p{Cc}|%00/u.test(written)) return 'holds a control character';
  if (/\p{Surrogate}/u.test(written)) return 'holds half a character';
  if (written.includes('#')) return 'holds a #, after which nothing is sent; write %23';
  return undefined;
};

const hostOf = (scheme: string, authority: string): string | undefined => {
  const url = `${scheme}://${authority}`;
  return /^https?$/i.test(scheme) && URL.canParse(url) ? new URL(url).host : undefined;
};

const foreign = (what: string, target: string): string => {
  const [path = ''] = target.split('?');
  const right = path === '' ? '/api/machines' : path.slice(0, 200);
  return `${what} is the address of another service; only this gateway's are taken. Write it without scheme and host: ${right}`;
};

const withoutDots = (path: string): string => {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  if (/^\.\.?$/.test(segments.at(-1) ?? '')) kept.push('');
  return `/${kept.join('/')}`;
};

const refused = (status: number, code: string, message: string): ItemAddress => ({
  kind: 'refused',
  problem: { status, code, message },
});
