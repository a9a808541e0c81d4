import type { Invocation, InvocationResult, Invoker, RegisteredFunction } from '../../../../src/local/host/invoker.ts';

/** An app whose functions do as the test says, and whose runs the test can read. */
export interface ScriptedInvoker extends Invoker {
  readonly runs: readonly Invocation[];
  /** How many runs are under way. */
  readonly running: () => number;
}

export const succeeded: InvocationResult = { kind: 'succeeded', outputData: [] };

export const failed: InvocationResult = { kind: 'failed', message: 'as the test wants it' };

/** @param act what a run does; by default it succeeds at once */
export const scriptedInvoker = (
  functions: readonly RegisteredFunction[],
  act: (invocation: Invocation, count: number) => InvocationResult | Promise<InvocationResult> = () => succeeded,
): ScriptedInvoker => {
  const runs: Invocation[] = [];
  let running = 0;
  return {
    functions,
    runs,
    running: () => running,
    async invoke(invocation) {
      runs.push(invocation);
      running += 1;
      try {
        return await act(invocation, runs.length);
      } finally {
        running -= 1;
      }
    },
  };
};

/** A run that goes on until the test ends it. */
export const held = (): { readonly result: Promise<InvocationResult>; end(result?: InvocationResult): void } => {
  let resolve: (result: InvocationResult) => void = () => {};
  const result = new Promise<InvocationResult>((done) => {
    resolve = done;
  });
  return { result, end: (how = succeeded) => resolve(how) };
};
