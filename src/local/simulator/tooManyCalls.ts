import { type Answer, refusal } from './answer.ts';
import type { Refused } from './quota.ts';

/**
 * The 429 as captured in July 2022 (minemeld-wd-atp, README): code `429` as text, the wait in the message, the
 * tenant as target. `Retry-After` is documented and in no capture, so it can be left out.
 */
export const tooManyCalls = ({ limit, seconds }: Refused, tenantId: string, retryAfter: boolean): Answer =>
  refusal(
    429,
    '429',
    `API calls quota exceeded! Maximum allowed ${limit.calls} per ${clockText(limit.seconds)} for the key ` +
      `Destination+TenantID+AppID. You can send requests again in ${seconds} seconds.`,
    { target: tenantId, headers: retryAfter ? { 'Retry-After': String(seconds) } : {} },
  );

/** 60 is `00:01:00`. */
const clockText = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
