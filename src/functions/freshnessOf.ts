import type { CacheDirectives } from '../http/cacheControl.ts';
import { type Freshness, usualFreshness } from '../machines/wish.ts';

/** What a caller's `Cache-Control` asks of the machines. `max-age=0` is `no-cache`: nothing that was asked for earlier is so new. */
export const freshnessOf = (said: CacheDirectives): Freshness => ({
  isNew: said.noCache || said.maxAge === 0,
  maxAge: said.maxAge ?? usualFreshness.maxAge,
  minFresh: said.minFresh ?? usualFreshness.minFresh,
  maxStale: said.maxStale ?? usualFreshness.maxStale,
  staleIfError: said.staleIfError ?? usualFreshness.staleIfError,
  onlyIfCached: said.onlyIfCached,
  noStore: said.noStore,
});
