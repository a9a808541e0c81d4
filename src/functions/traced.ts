/**
 * Every run of a function is a part of a trace: of the caller's where it sent one, else of the platform's, else of a new one. All that it logs
 * says so, and all that goes to Defender for it.
 */
import type { HttpHandler, InvocationContext } from '@azure/functions';
import { readCaller } from '../http/caller.ts';
import { redactedFault } from '../redaction.ts';
import type { Origin } from '../storage/tracedQueue.ts';
import { traceOf, traceparentOf } from '../trace.ts';
import { tracing } from '../tracing.ts';

/** What of a run's context says where it belongs. */
export type RunContext = Partial<Pick<InvocationContext, 'invocationId' | 'traceContext'>>;

/** A request's handler, run within the request's trace. A request of a batch has the batch's, unless it says another. */
export const tracedRequest =
  (handler: HttpHandler): HttpHandler =>
  async (request, context) => {
    const around = tracing.current();
    const trace = traceOf(
      readCaller(request).requestId,
      request.headers.get('traceparent'),
      around && traceparentOf(around),
      context.traceContext?.traceParent,
    );
    return tracing.within(trace, () => handler(request, context));
  };

/**
 * A run that no request began: of a timer, a message, an event. The platform logs what it throws.
 *
 * @param origin of the request that a message is there for
 * @throws what `act` throws, without secrets
 */
export const tracedRun = <T>(context: RunContext, act: () => Promise<T>, origin: Origin = {}): Promise<T> => {
  const requestId = origin.requestId ?? context.invocationId ?? crypto.randomUUID();
  return tracing.within(traceOf(requestId, origin.traceparent, context.traceContext?.traceParent), async () => {
    try {
      return await act();
    } catch (fault) {
      throw redactedFault(fault);
    }
  });
};
