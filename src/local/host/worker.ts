/**
 * The process that runs the app: what the Node.js worker is to the Functions host. It loads the app once, runs what
 * it is told to run, and ends when its host goes away. An error that nobody caught ends it with 1, as in Azure; the
 * host then starts another.
 */
import type { HostMessage, WorkerMessage } from './protocol.ts';
import { loadApp } from './worker/appLoader.ts';
import { createCoreApi, registrations } from './worker/coreApi.ts';
import { provideCoreModule } from './worker/coreModule.ts';
import { endWithHost } from './worker/endWithHost.ts';
import { runInvocation } from './worker/runInvocation.ts';
import { toError } from './worker/systemError.ts';
import { emptyApp, runAppHooks } from './worker/workerApp.ts';
import { createWorkerLog } from './worker/workerLog.ts';

const app = emptyApp();
const send = (message: WorkerMessage) => process.send?.(message);
const log = createWorkerLog(app, (entry) => send({ kind: 'log', entry }));
let appRoot = process.cwd();

const obey = async (message: HostMessage): Promise<void> => {
  switch (message.kind) {
    case 'load':
      appRoot = message.appRoot;
      return load();
    case 'invoke': {
      const { invocationId, invocation } = message;
      const result = await runInvocation(app, log, invocationId, invocation);
      send({ kind: 'finished', invocationId, result });
      return;
    }
    case 'stop':
      return stop();
  }
};

const load = async () => {
  try {
    await loadApp(app, appRoot);
    send({ kind: 'loaded', functions: registrations(app) });
  } catch (error) {
    sendThenExit({ kind: 'loadFailed', message: toError(error).message }, 1);
  }
};

const stop = async () => {
  try {
    await runAppHooks(app, 'appTerminate', appRoot);
  } catch (error) {
    log.system('error', 'system', `an appTerminate hook failed: ${toError(error).stack}`);
  }
  process.disconnect();
};

const crash = (thrown: unknown) => {
  const error = toError(thrown);
  const message = `Worker uncaught exception: ${error.stack ?? error.message}`;
  sendThenExit({ kind: 'log', entry: { level: 'error', category: 'system', message } }, 1);
};

const sendThenExit = (message: WorkerMessage, code: number) => {
  if (!process.connected) process.exit(code);
  process.send?.(message, () => process.exit(code));
};

endWithHost();
provideCoreModule(createCoreApi(app, log));
process.on('message', (message: HostMessage) => void obey(message));
process.on('uncaughtException', crash);
process.on('disconnect', () => process.exit(0));
// A Ctrl-C in the terminal, and its end, reach this process too; when to end is for the host to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
