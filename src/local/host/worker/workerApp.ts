import type { FunctionCallback, FunctionMetadata, HookCallback, HookName, ProgrammingModel } from './coreContract.ts';

export interface LoadedFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** Everything that one app registered with the worker that loaded it. */
export interface WorkerApp {
  readonly functions: Map<string, LoadedFunction>;
  readonly hooks: Readonly<Record<HookName, Set<HookCallback>>>;
  /** Shared by the hooks of the app, and by no other hook. */
  readonly appOnlyHookData: Record<string, unknown>;
  /** Shared by all hooks. */
  readonly appHookData: Record<string, unknown>;
  programmingModel: ProgrammingModel | undefined;
  /** Set once the app is loaded: from then on nothing can be registered. */
  locked: boolean;
}

/** An app before its entry point ran. */
export const emptyApp = (): WorkerApp => ({
  functions: new Map(),
  hooks: {
    appStart: new Set(),
    appTerminate: new Set(),
    preInvocation: new Set(),
    postInvocation: new Set(),
    log: new Set(),
  },
  appOnlyHookData: {},
  appHookData: {},
  programmingModel: undefined,
  locked: false,
});

/** Runs the hooks of one name, one after another, in the order they were registered. */
export const runHooks = async (app: WorkerApp, name: HookName, context: object): Promise<void> => {
  for (const hook of app.hooks[name]) await hook(context);
};

/** Runs the app's own hooks, `appStart` or `appTerminate`. */
export const runAppHooks = (app: WorkerApp, name: 'appStart' | 'appTerminate', appRoot: string): Promise<void> =>
  runHooks(app, name, {
    hookData: app.appOnlyHookData,
    appHookData: app.appHookData,
    functionAppDirectory: appRoot,
  });
