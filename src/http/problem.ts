import type { Reply } from './reply.ts';
import { notReusable } from './reuse.ts';

/** An error in Defender's own envelope: whoever reads Defender's errors can read ours. */
export interface Problem {
  readonly status: number;
  /** One of Defender's codes where one fits ("Common REST API error codes"). */
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** @param requestId becomes `target`, as Defender puts its correlation id there */
export const problemResponse = ({ status, code, message, retryAfterSeconds }: Problem, requestId: string): Reply => ({
  status,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    ...notReusable,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  },
  body: JSON.stringify({ error: { code, message, target: requestId } }),
});
