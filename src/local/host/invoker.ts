/**
 * The seam between the host's triggers (HTTP, timers, queues, Event Grid) and the worker process that runs the app.
 * The shapes are those of the Functions worker protocol, as the official programming model takes and gives them.
 */

/** A value on its way to or from a function. Bytes travel as a Buffer. */
export type TypedData =
  | { readonly string: string }
  | { readonly json: string }
  | { readonly bytes: Uint8Array }
  | { readonly int: number }
  | { readonly double: number }
  | { readonly collectionString: { readonly string: readonly string[] } }
  | { readonly collectionBytes: { readonly bytes: readonly Uint8Array[] } }
  | { readonly http: HttpData };

export interface HttpData {
  readonly method?: string;
  readonly url?: string;
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: TypedData;
  readonly cookies?: readonly object[];
}

export interface NamedData {
  readonly name: string;
  readonly data: TypedData;
}

/** A function as the app registered it: what Azure would index. */
export interface RegisteredFunction {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retryOptions?: Readonly<Record<string, unknown>>;
}

export interface Binding {
  readonly type: string;
  readonly direction: 'in' | 'out' | 'inout' | number;
  readonly [setting: string]: unknown;
}

export interface Invocation {
  readonly functionName: string;
  readonly inputData: readonly NamedData[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  readonly traceContext?: { readonly traceParent?: string; readonly traceState?: string };
  readonly retryContext?: { readonly retryCount: number; readonly maxRetryCount: number };
}

export type InvocationResult =
  | { readonly kind: 'succeeded'; readonly returnValue?: TypedData; readonly outputData: readonly NamedData[] }
  /** The function threw; `message` is what it said. */
  | { readonly kind: 'failed'; readonly message: string; readonly stack?: string }
  /** It ran longer than `functionTimeout` of host.json; the worker was ended, as in Azure. */
  | { readonly kind: 'timedOut' }
  /** The worker process ended while it ran. */
  | { readonly kind: 'crashed'; readonly message: string };

/** What a trigger needs from the host. */
export interface Invoker {
  /** The functions of the app, less those that a filter or a `Disabled` setting took out. */
  readonly functions: readonly RegisteredFunction[];
  /** Runs one function once. Never rejects: every outcome is a value. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
}
