/**
 * The process that runs the app: what the Node.js worker is to the Functions host. It loads the app once, runs what
 * it is told to run, and ends when its host goes away. An error that nobody caught ends it with 1, as in Azure; the
 * host then starts another.
 */
import { Socket } from 'node:net';
import { bodyPipeNumber, type Parted, partBody, sendBodies } from './bodyPipe.ts';
import { createOutbox, unpacked } from './outbox.ts';
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
const bodyPipe = new Socket({ fd: bodyPipeNumber, readable: false, writable: true });
const sendBody = sendBodies(bodyPipe.on('error', () => undefined)); // the host is gone, and so is this process soon
const outbox = createOutbox<WorkerMessage>((messages) => process.send?.(messages));
const log = createWorkerLog(app, (entry) => sendNow({ kind: 'log', entry }));
let appRoot = process.cwd();

const obey = async (message: HostMessage): Promise<void> => {
  switch (message.kind) {
    case 'load':
      appRoot = message.appRoot;
      return load();
    case 'invoke': {
      const { invocationId, invocation } = message;
      const result = await runInvocation(app, log, invocationId, invocation);
      return finish(invocationId, partBody(result));
    }
    case 'stop':
      return stop();
  }
};

const finish = (invocationId: string, { result, body }: Parted) => {
  if (body) sendBody(invocationId, body);
  outbox.post({ kind: 'finished', invocationId, result, ...(body && { bodyAside: true }) });
};

const load = async () => {
  try {
    await loadApp(app, appRoot);
    sendNow({ kind: 'loaded', functions: registrations(app) });
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
  outbox.flush();
  process.disconnect();
};

/** A line that was written must not be lost when the app never gives way again. */
const sendNow = (message: WorkerMessage) => {
  outbox.post(message);
  outbox.flush();
};

const crash = (thrown: unknown) => {
  const error = toError(thrown);
  const message = `Worker uncaught exception: ${error.stack ?? error.message}`;
  sendThenExit({ kind: 'log', entry: { level: 'error', category: 'system', message } }, 1);
};

const sendThenExit = (message: WorkerMessage, code: number) => {
  if (!process.connected) process.exit(code);
  outbox.flush();
  process.send?.(message, () => process.exit(code));
};

endWithHost();
provideCoreModule(createCoreApi(app, log));
process.on('message', (messages: HostMessage | readonly HostMessage[]) => {
  for (const message of unpacked(messages)) void obey(message);
});
process.on('exit', outbox.flush);
process.on('uncaughtException', crash);
process.on('disconnect', () => process.exit(0));
// A Ctrl-C in the terminal, and its end, reach this process too; when to end is for the host to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
