import type { InvocationResult } from './invoker.ts';
import type { HostKeys } from './keys/hostKeys.ts';
import type { LogEntry } from './protocol.ts';

/** What a host tells while it runs: enough for a line on the terminal, and for a test to wait for. */
export type HostEvent =
  | {
      readonly kind: 'ready';
      readonly url: string;
      readonly functions: readonly ServedFunction[];
      readonly keys: HostKeys;
    }
  /** One answered request. `path` has neither query nor key. */
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly path: string;
      /** Names of the query options of OData that it had, such as `$filter`; without their values. */
      readonly options?: readonly string[];
      readonly status: number;
      readonly ms: number;
      readonly functionName?: string;
    }
  /** One run of a function, whatever triggered it. */
  | {
      readonly kind: 'invocation';
      readonly functionName: string;
      readonly invocationId: string;
      readonly outcome: InvocationResult['kind'];
      readonly ms: number;
      readonly message?: string;
    }
  | ({ readonly kind: 'log' } & LogEntry)
  | { readonly kind: 'workerStarted'; readonly pid: number }
  | {
      readonly kind: 'workerExited';
      readonly pid: number;
      readonly code: number | null;
      readonly signal: string | null;
    }
  /** A restarted worker could not load the app; another try follows. */
  | { readonly kind: 'workerFailed'; readonly message: string }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'stopped' };

/** A function that this host runs. */
export interface ServedFunction {
  readonly name: string;
  /** The type of its trigger, such as `httpTrigger`. */
  readonly trigger: string;
  /** Where it answers, of a function with an HTTP trigger: `GET,POST http://127.0.0.1:7071/api/machines`. */
  readonly address?: string;
}

export type HostLog = (event: HostEvent) => void;
