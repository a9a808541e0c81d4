/**
 * One invocation, in the order of the official worker: arguments, preInvocation hooks, the function, postInvocation
 * hooks, then the response. Hooks may replace the inputs, the function, its result and its error.
 */
import type { Invocation, InvocationResult } from '../invoker.ts';
import type { CoreInvocationContext, InvocationModel } from './coreContract.ts';
import { systemError, toError } from './systemError.ts';
import { type LoadedFunction, runHooks, type WorkerApp } from './workerApp.ts';
import type { LogScope, WorkerLog } from './workerLog.ts';

/** Runs a function once. Never rejects: what it threw is a result. */
export const runInvocation = async (
  app: WorkerApp,
  log: WorkerLog,
  invocationId: string,
  invocation: Invocation,
): Promise<InvocationResult> => {
  try {
    const loaded = app.functions.get(invocation.functionName);
    if (!loaded) throw systemError(`Function code for '${invocation.functionName}' is not loaded.`);
    if (!app.programmingModel) throw systemError('The app set no programming model.');
    const scope: { -readonly [K in keyof LogScope]: LogScope[K] } = { hookData: {}, invocationContext: undefined };
    const core = coreContext(loaded, log, scope, invocationId, invocation);
    const model = await app.programmingModel.getInvocationModel(core);
    return await runModel(app, model, core, loaded, scope);
  } catch (thrown) {
    const { message, stack } = toError(thrown);
    return { kind: 'failed', message, ...(stack === undefined ? {} : { stack }) };
  }
};

const runModel = async (
  app: WorkerApp,
  model: InvocationModel,
  core: CoreInvocationContext,
  loaded: LoadedFunction,
  scope: { hookData: object; invocationContext: unknown },
): Promise<InvocationResult> => {
  const { context, inputs } = await model.getArguments();
  scope.invocationContext = context;
  const shared = { hookData: scope.hookData, appHookData: app.appHookData, invocationContext: context };
  const before = { ...shared, inputs, functionCallback: loaded.callback };
  await inState(core, 'preInvocationHooks', () => runHooks(app, 'preInvocation', before));
  const after = { ...shared, inputs: before.inputs, result: null as unknown, error: null as unknown };
  try {
    after.result = await inState(core, 'invocation', () =>
      model.invokeFunction(context, before.inputs, before.functionCallback),
    );
  } catch (thrown) {
    after.error = thrown ?? new Error('Unknown error');
  }
  await inState(core, 'postInvocationHooks', () => runHooks(app, 'postInvocation', after));
  if (after.error !== null && after.error !== undefined) throw after.error;
  const { returnValue, outputData } = await model.getResponse(context, after.result);
  return { kind: 'succeeded', outputData: outputData ?? [], ...(returnValue ? { returnValue } : {}) };
};

const inState = async <T>(
  core: CoreInvocationContext,
  state: NonNullable<CoreInvocationContext['state']>,
  run: () => Promise<T>,
): Promise<T> => {
  core.state = state;
  try {
    return await run();
  } finally {
    core.state = undefined;
  }
};

const coreContext = (
  { metadata }: LoadedFunction,
  log: WorkerLog,
  scope: LogScope,
  invocationId: string,
  { functionName, ...request }: Invocation,
): CoreInvocationContext => ({
  invocationId,
  metadata,
  request: { ...request, invocationId, functionId: metadata.functionId ?? functionName },
  state: undefined,
  log: (level, category, message) => log.write({ level, category, message, functionName, invocationId }, scope),
});
