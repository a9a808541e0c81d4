/** Which trace the running code belongs to, kept by Node across everything that is awaited. The one place where it is kept. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CurrentTrace, Trace } from './trace.ts';

export interface Tracing {
  readonly current: CurrentTrace;
  /** Runs `act`, and all that comes of it, as a part of the trace. */
  within<T>(trace: Trace, act: () => T): T;
}

const traces = new AsyncLocalStorage<Trace>();

export const tracing: Tracing = {
  current: () => traces.getStore(),
  within: (trace, act) => traces.run(trace, act),
};
