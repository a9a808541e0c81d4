import type { RegisteredFunction } from '../invoker.ts';
import {
  type FunctionCallback,
  type FunctionMetadata,
  type HookCallback,
  type HookName,
  hookNames,
  type ProgrammingModel,
} from './coreContract.ts';
import { Disposable } from './disposable.ts';
import { systemError } from './systemError.ts';
import type { WorkerApp } from './workerApp.ts';
import type { WorkerLog } from './workerLog.ts';

/** What `require('@azure/functions-core')` gives to the official programming model. */
export const createCoreApi = (app: WorkerApp, log: WorkerLog) => ({
  version: '3.17.3',
  hostVersion: '4.1056.100',
  Disposable,
  registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
    registerFunction(app, metadata, callback),
  registerHook: (name: string, callback: HookCallback) => registerHook(app, name, callback),
  setProgrammingModel: (model: ProgrammingModel) => {
    app.programmingModel = model;
  },
  getProgrammingModel: () => app.programmingModel,
  log: log.system,
});

/** The functions of an app as they go to the host: what can be said in JSON, as in Azure. */
export const registrations = (app: WorkerApp): readonly RegisteredFunction[] =>
  JSON.parse(JSON.stringify([...app.functions.values()].map(({ metadata }) => metadata)));

const registerFunction = (app: WorkerApp, metadata: FunctionMetadata, callback: FunctionCallback): Disposable => {
  const { name } = metadata;
  if (app.locked) throw systemError('A function can only be registered during app startup.');
  if (app.functions.has(name)) throw systemError(`A function named "${name}" is registered already.`);
  app.functions.set(name, { metadata: { ...metadata, functionId: metadata.functionId ?? name }, callback });
  return new Disposable(() => {
    if (app.locked) throw systemError('A function can only be disposed during app startup.');
    app.functions.delete(name);
  });
};

const registerHook = (app: WorkerApp, name: string, callback: HookCallback): Disposable => {
  if (!isHookName(name)) throw systemError(`Unrecognized hook "${name}"`, RangeError);
  // The same callback registered twice runs twice.
  const hook: HookCallback = (context) => callback(context);
  app.hooks[name].add(hook);
  return new Disposable(() => app.hooks[name].delete(hook));
};

const isHookName = (name: string): name is HookName => hookNames.some((known) => known === name);
