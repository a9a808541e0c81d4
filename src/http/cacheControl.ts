/**
 * How old an answer may be, as a caller says it: the request's `Cache-Control` (RFC 9111, section 5.2.1; `stale-if-error` is of
 * RFC 5861), or the `Pragma: no-cache` of those who never heard of it. Who can't be understood gets the strictest reading, and of a
 * directive that is repeated the strictest counts: too new an answer costs a call, too old a one costs the wrong machine.
 */

/** Whole seconds; undefined where nothing was said. */
export interface CacheDirectives {
  readonly noCache: boolean;
  readonly noStore: boolean;
  readonly onlyIfCached: boolean;
  readonly maxAge?: number | undefined;
  readonly minFresh?: number | undefined;
  /** Infinity where it stands without a number. */
  readonly maxStale?: number | undefined;
  readonly staleIfError?: number | undefined;
}

/** @param pragma counts only where there is no `Cache-Control` (RFC 9111, section 5.4) */
export const readCacheControl = (cacheControl: string | null, pragma: string | null): CacheDirectives => {
  if (cacheControl === null) return /(?:^|,)\s*no-cache/i.test(pragma ?? '') ? strictest : nothingSaid;
  const said = readDirectives(cacheControl);
  if (!said) return strictest;
  return {
    noCache: said.has('no-cache'),
    noStore: said.has('no-store'),
    onlyIfCached: said.has('only-if-cached'),
    maxAge: least(said.get('max-age'), 0),
    minFresh: most(said.get('min-fresh')),
    maxStale: least(said.get('max-stale'), Number.POSITIVE_INFINITY),
    staleIfError: least(said.get('stale-if-error'), 0),
  };
};

const nothingSaid: CacheDirectives = { noCache: false, noStore: false, onlyIfCached: false };
const strictest: CacheDirectives = { ...nothingSaid, noCache: true };

/** What stands behind a directive's `=`. */
type Value = number | 'nothing' | 'unreadable';

/** All values of each directive, names in lower case; undefined where a quote is never closed, so that nobody knows what is inside. */
const readDirectives = (header: string): ReadonlyMap<string, readonly Value[]> | undefined => {
  const said = new Map<string, Value[]>();
  for (let at = 0; at <= header.length; ) {
    piece.lastIndex = at;
    const [whole, text = ''] = piece.exec(header) ?? [];
    if (whole === undefined) return undefined;
    at += Math.max(1, whole.length);
    const [, name, rest = ''] = directive.exec(text.trim()) ?? [];
    if (name === undefined) continue;
    const values = said.get(name.toLowerCase());
    if (values) values.push(readValue(rest));
    else said.set(name.toLowerCase(), [readValue(rest)]);
  }
  return said;
};

/** Up to the next comma that stands in no quotes. Each character fits one branch only, so it takes no longer than the text is. */
const piece = /((?:[^",]|"(?:[^"\\]|\\.)*")*)(?:,|$)/sy;
const directive = /^([!#$%&'*+\-.^_`|~\w]+)(.*)$/s;

const readValue = (rest: string): Value => {
  if (rest === '') return 'nothing';
  const [, quoted, plain] = /^=(?:"(\d+)"|(\d+))$/.exec(rest) ?? [];
  const digits = quoted ?? plain;
  return digits === undefined ? 'unreadable' : Math.min(mostSeconds, Number(digits));
};

/** What is larger counts as this (RFC 9111, section 1.2.2). */
const mostSeconds = 2 ** 31;

const least = (values: readonly Value[] | undefined, withoutNumber: number): number | undefined =>
  values
    ?.map((value) => (value === 'nothing' ? withoutNumber : value === 'unreadable' ? 0 : value))
    .reduce((a, b) => Math.min(a, b));

const most = (values: readonly Value[] | undefined): number | undefined =>
  values?.map((value) => (typeof value === 'number' ? value : mostSeconds)).reduce((a, b) => Math.max(a, b));
