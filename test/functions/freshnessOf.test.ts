import { freshnessOf } from '../../src/functions/freshnessOf.ts';
import { readCacheControl } from '../../src/http/cacheControl.ts';
import { usualFreshness } from '../../src/machines/wish.ts';

describe('how fresh an answer has to be', () => {
  it.each([
    [null, {}],
    ['foo', {}],
    ['no-cache', { isNew: true }],
    ['max-age=0', { isNew: true, maxAge: 0 }],
    ['max-age=x', { isNew: true, maxAge: 0 }],
    ['max-age=60, min-fresh=5', { maxAge: 60, minFresh: 5 }],
    ['max-stale', { maxStale: Number.POSITIVE_INFINITY }],
    ['max-stale=9, stale-if-error=600', { maxStale: 9, staleIfError: 600 }],
    ['only-if-cached, no-store', { onlyIfCached: true, noStore: true }],
  ])('by %j is what is usual and %j', (header, said) => {
    expect(freshnessOf(readCacheControl(header, null))).toEqual({ ...usualFreshness, ...said });
  });
});
