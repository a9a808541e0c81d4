import type { Clock } from '../clock.ts';
import { rateLimitHeaders } from '../http/rateLimit.ts';
import type { Gate } from '../quota/gate.ts';
import { limitsAt } from '../quota/standing.ts';

/** What was seen longer ago says nothing of a minute. */
const oldAfterMs = 60_000;

/**
 * What a caller is told of the quota that its call draws on: by the version of the ledger that this process has seen last, so it costs
 * nothing. Nothing where there is none, or an old one.
 *
 * @param retryAfter of the same answer
 */
export const quotaHeaders = (
  { seen, seenAt, now }: Pick<Gate, 'seen' | 'seenAt' | 'now'>,
  clock: Pick<Clock, 'monotonic'>,
  retryAfter: string | undefined,
): Readonly<Record<string, string>> => {
  if (!seen || now === undefined || clock.monotonic() - seenAt > oldAfterMs) return {};
  return rateLimitHeaders(limitsAt(seen, now), retryAfter === undefined ? undefined : Number(retryAfter));
};
