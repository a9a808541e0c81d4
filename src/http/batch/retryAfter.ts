import type { ItemResponse } from './batchResponse.ts';

/**
 * `Retry-After` of a batch, for who looks no further than the whole: the smallest of those of its errors, because to ask again sooner
 * than that gains nothing. None where nobody was sent away for a time.
 */
export const retryAfter = (
  responses: readonly Pick<ItemResponse, 'status' | 'headers'>[],
): Readonly<Record<string, string>> => {
  const errors = responses.filter(({ status }) => status >= 400);
  const seconds = errors.flatMap(({ headers }) => headers['retry-after'] ?? []).map(Number);
  const least = Math.min(...seconds.filter(Number.isFinite));
  return Number.isFinite(least) ? { 'retry-after': String(least) } : {};
};
