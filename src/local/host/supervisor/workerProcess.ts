import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Clock } from '../../../clock.ts';
import { bodyPipeNumber, joinBody, receiveBodies } from '../bodyPipe.ts';
import type { Invocation, InvocationResult, RegisteredFunction } from '../invoker.ts';
import { createOutbox, unpacked } from '../outbox.ts';
import type { HostMessage, LogEntry, WorkerMessage } from '../protocol.ts';
import { within } from '../within.ts';

export interface WorkerOptions {
  /** The built worker, a file that Node runs as it is. */
  readonly workerPath: string;
  readonly appRoot: string;
  /** The whole environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly log: (entry: LogEntry) => void;
}

export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface WorkerProcess {
  readonly pid: number;
  /** What the app registered. @throws when it cannot be loaded, or ends before it is */
  readonly loaded: Promise<readonly RegisteredFunction[]>;
  /** The process is gone, and all it said was heard; what a process of its own goes on to write is not waited for. */
  readonly ended: Promise<WorkerEnd>;
  isRunning(): boolean;
  run(invocationId: string, invocation: Invocation): Promise<InvocationResult>;
  /** Lets the app's appTerminate hooks run, for as long as `graceMs`; then ends it. */
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

/** Milliseconds to read on for once a worker is gone: a process that it started may hold its outputs open. */
const lastWordsMs = 3_000;

/** Starts a worker process and has it load the app. */
export const startWorker = (options: WorkerOptions): WorkerProcess => {
  const child = spawn(options);
  const ended = endOf(child, options.clock, forwarded(child, options.log));
  const loaded = loadedBy(child, ended);
  const { post: say } = createOutbox<HostMessage>(
    (all) => child.connected && child.send(all as Serializable, () => undefined),
  );
  say({ kind: 'load', appRoot: options.appRoot });
  return {
    pid: child.pid ?? 0,
    loaded,
    ended,
    isRunning: () => child.connected && !child.killed,
    run: invocationsOf(child, ended, say),
    async stop(graceMs) {
      say({ kind: 'stop' });
      if ((await within(options.clock, graceMs, ended)).kind === 'inTime') return;
      child.kill('SIGKILL');
      await ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
};

/** How a process ended, in words. */
export const describeEnd = ({ code, signal }: WorkerEnd): string =>
  signal === null ? `the worker process ended with exit code ${code}` : `the worker process was ended by ${signal}`;

const spawn = ({ workerPath, appRoot, environment, log }: WorkerOptions): ChildProcess => {
  const child = fork(workerPath, [], {
    cwd: appRoot,
    env: { ...environment },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
  });
  child.on('error', () => undefined); // a message to a process that just ended: its end is told otherwise
  hear(child, (message) => message.kind === 'log' && log(message.entry));
  const endWithHost = () => child.kill('SIGKILL');
  process.once('exit', endWithHost);
  child.once('exit', () => process.off('exit', endWithHost));
  return child;
};

const hear = (child: ChildProcess, listen: (message: WorkerMessage) => void) =>
  child.on('message', (messages: WorkerMessage | readonly WorkerMessage[]) => unpacked(messages).forEach(listen));

/** Every invocation ends: with the worker's answer, or with the worker. */
const invocationsOf = (
  child: ChildProcess,
  ended: Promise<WorkerEnd>,
  say: (message: HostMessage) => unknown,
): WorkerProcess['run'] => {
  const running = new Map<string, (result: InvocationResult) => void>();
  const bodyOf = receiveBodies(bodyPipeOf(child));
  const finish = (invocationId: string, result: InvocationResult) => running.get(invocationId)?.(result);
  hear(child, (message) => {
    if (message.kind !== 'finished') return;
    const { invocationId, result, bodyAside } = message;
    if (!bodyAside) return finish(invocationId, result);
    void bodyOf(invocationId).then((body) => finish(invocationId, joinBody(result, body)));
  });
  void ended.then((end) => {
    for (const finish of running.values()) finish({ kind: 'crashed', message: describeEnd(end) });
  });
  return (invocationId, invocation) =>
    new Promise<InvocationResult>((resolve) => {
      running.set(invocationId, resolve);
      say({ kind: 'invoke', invocationId, invocation });
    }).finally(() => running.delete(invocationId));
};

/** Tells what the process prints. @returns when both its outputs are closed, and the pipe of bodies */
const forwarded = (child: ChildProcess, log: WorkerOptions['log']): Promise<unknown> =>
  Promise.all([
    forward(child.stdout, (message) => log({ level: 'information', category: 'user', message })),
    forward(child.stderr, (message) => log({ level: 'error', category: 'user', message })),
    closeOf(bodyPipeOf(child)),
  ]);

/** None in a process that could not be started. */
const bodyPipeOf = ({ stdio }: ChildProcess) => (stdio?.[bodyPipeNumber] ?? undefined) as Readable | undefined;

const closeOf = async (pipe: Readable | undefined): Promise<void> => {
  // What breaks it ends the process as well, or is its end.
  pipe?.on('error', () => undefined);
  if (pipe && !pipe.closed) await new Promise((resolve) => pipe.once('close', resolve));
};

const forward = async (stream: Readable | null, line: (text: string) => void): Promise<void> => {
  if (!stream) return;
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', line);
  await once(lines, 'close');
};

const endOf = async (child: ChildProcess, clock: Clock, printed: Promise<unknown>): Promise<WorkerEnd> => {
  const silent = new Promise<void>((resolve) => child.once('disconnect', resolve));
  const end = await new Promise<WorkerEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
  if (child.connected) await silent;
  await within(clock, lastWordsMs, printed);
  return end;
};

const loadedBy = (child: ChildProcess, ended: Promise<WorkerEnd>): Promise<readonly RegisteredFunction[]> => {
  const loaded = new Promise<readonly RegisteredFunction[]>((resolve, reject) => {
    hear(child, (message) => {
      if (message.kind === 'loaded') resolve(message.functions);
      if (message.kind === 'loadFailed') reject(new Error(message.message));
    });
    void ended.then((end) => reject(new Error(`${describeEnd(end)} before the app was loaded`)));
  });
  loaded.catch(() => undefined); // who starts a worker awaits this; an early end must not be unhandled
  return loaded;
};
