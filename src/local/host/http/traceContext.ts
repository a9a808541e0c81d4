import { randomBytes } from 'node:crypto';
import type { Invocation } from '../invoker.ts';

/** The trace that an invocation belongs to: the caller's, if it sent a W3C `traceparent`, one step deeper; or a new one. */
export const traceContext = (
  traceParent: string | undefined,
  traceState: string | undefined,
): NonNullable<Invocation['traceContext']> => {
  const sent = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceParent ?? '');
  const [, traceId = randomBytes(16).toString('hex'), , flags = '00'] = sent ?? [];
  const next = `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
  return { traceParent: next, ...(sent && traceState ? { traceState } : {}) };
};
