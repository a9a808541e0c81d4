import type { Clock } from '../clock.ts';
import { type LimitLeft, rateLimitHeaders } from '../http/rateLimit.ts';
import type { Gate } from '../quota/gate.ts';
import type { Version } from '../quota/ledger.ts';
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
  const at = clock.monotonic();
  if (!seen || now === undefined || at - seenAt > oldAfterMs) return {};
  return rateLimitHeaders(limitsLately(seen, now, at), retryAfter === undefined ? undefined : Number(retryAfter));
};

/**
 * How a version of the ledger stands changes as seconds go by, and is worked out from up to 1,500 calls, which takes longer than giving an
 * answer that is kept. So it is worked out a few times a second. Keyed by the version, which never changes and is soon gone.
 */
const limitsLately = (seen: Version, now: number, at: number): readonly LimitLeft[] => {
  const known = lately.get(seen);
  if (known && at < known.until) return known.limits;
  const limits = limitsAt(seen, now);
  lately.set(seen, { until: at + goodForMs, limits });
  return limits;
};

const goodForMs = 250;
const lately = new WeakMap<Version, { readonly until: number; readonly limits: readonly LimitLeft[] }>();
