/**
 * The part of `@azure/functions-core` that the official programming model asks of a worker, and gives back to it.
 * That module is on no registry: the real worker makes it up as well, when an app asks for it.
 */
import type { Binding, Invocation, NamedData, TypedData } from '../invoker.ts';
import type { LogLevel } from '../protocol.ts';

export type LogCategory = 'user' | 'system' | 'customMetric';

export type FunctionCallback = (...inputsAndContext: unknown[]) => unknown;

export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Record<string, Binding>;
  readonly retryOptions?: Record<string, unknown>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

export interface InvocationResponse {
  readonly returnValue?: TypedData | null;
  readonly outputData?: NamedData[] | null;
}

export type InvocationState = 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  readonly request: Omit<Invocation, 'functionName'> & { readonly invocationId: string; readonly functionId: string };
  state: InvocationState | undefined;
  log(level: LogLevel, category: LogCategory, message: string): void;
}

/** Hook contexts are read and written by the library; only the host side of each is typed here. */
export type HookCallback = (context: object) => unknown;

export const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;

export type HookName = (typeof hookNames)[number];
