import type { Invocation, InvocationResult, RegisteredFunction } from './invoker.ts';

/** What the host says to its worker process. */
export type HostMessage =
  | { readonly kind: 'load'; readonly appRoot: string }
  | { readonly kind: 'invoke'; readonly invocationId: string; readonly invocation: Invocation }
  | { readonly kind: 'stop' };

/** What the worker process says to its host. */
export type WorkerMessage =
  | { readonly kind: 'loaded'; readonly functions: readonly RegisteredFunction[] }
  | { readonly kind: 'loadFailed'; readonly message: string }
  | {
      readonly kind: 'finished';
      readonly invocationId: string;
      readonly result: InvocationResult;
      /** The body of its HTTP answer is too big for a message, and comes through the pipe. */
      readonly bodyAside?: true;
    }
  | { readonly kind: 'log'; readonly entry: LogEntry };

export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** One line that the app or the worker wrote. */
export interface LogEntry {
  readonly level: LogLevel;
  readonly category: 'user' | 'system' | 'customMetric';
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
}
