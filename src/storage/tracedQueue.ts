/**
 * Messages of the gateway to itself that say which request they are there for, so that what is done for it later is found in the log with it. Two
 * members of the message, which whoever reads it may leave aside; messages without are as good.
 */
import { type CurrentTrace, readTraceparent, traceparentOf } from '../trace.ts';
import type { Queue } from './queue.ts';

/** Where a message comes from, as far as it says. */
export interface Origin {
  readonly requestId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** A queue of JSON objects, each sent with the trace in which it is sent. */
export const tracedQueue = (queue: Queue, trace: CurrentTrace): Queue => ({
  send(text, delaySeconds) {
    const now = trace();
    if (now === undefined || !text.startsWith('{"')) return queue.send(text, delaySeconds);
    const origin = JSON.stringify({ requestId: now.requestId, traceparent: traceparentOf(now) });
    return queue.send(`${origin.slice(0, -1)},${text.slice(1)}`, delaySeconds);
  },
});

/** @param message as a queue trigger gives it */
export const originOf = (message: unknown): Origin => {
  const { requestId, traceparent } = Object(message);
  return {
    requestId: typeof requestId === 'string' && /^[\x21-\x7e]{1,128}$/.test(requestId) ? requestId : undefined,
    traceparent: typeof traceparent === 'string' && readTraceparent(traceparent) ? traceparent : undefined,
  };
};
