/** One instance of the app: a functions host in a process of its own, with a worker in another, as `npm run host` starts them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HostEvent } from '../../../src/local/host/hostEvent.ts';
import type { HostKeys } from '../../../src/local/host/keys/hostKeys.ts';

export interface Instance {
  readonly pid: number;
  /** Of its worker, while there is one. */
  workerPid(): number | undefined;
  /** Where it answers, once it does. */
  url(): string | undefined;
  readonly keys: Promise<HostKeys>;
  /** Resolves with its last words when it is gone. */
  readonly ended: Promise<string>;
  /** Ends one of its two processes, without a warning. @returns whether there was one */
  kill(which: 'host' | 'worker'): boolean;
}

export interface InstanceOptions {
  readonly appRoot: string;
  /** The built host command. */
  readonly hostPath: string;
  /** Names of functions, or `http`. */
  readonly functions: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly messageLeaseSeconds?: number | undefined;
  readonly tell: (event: HostEvent) => void;
}

/** However the bench ends, its instances end with it. */
const endWithParent = "data:text/javascript,process.on('disconnect',()=>process.exit())";

export const startInstance = (options: InstanceOptions): Instance => {
  const child = spawned(options);
  const state: { worker?: number | undefined; url?: string | undefined } = {};
  const lastWords: string[] = [];
  const keys = new Promise<HostKeys>((resolve) => {
    createInterface(child.stdout as Readable).on('line', (line) => {
      const event = eventIn(line);
      if (!event) return void remember(lastWords, line);
      if (event.kind === 'workerStarted') state.worker = event.pid;
      if (event.kind === 'workerExited') state.worker = undefined;
      if (event.kind === 'ready') {
        state.url = event.url;
        resolve(event.keys);
      }
      options.tell(event);
    });
  });
  createInterface(child.stderr as Readable).on('line', (line) => remember(lastWords, line));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve([`ended with ${signal ?? code}`, ...lastWords].join(' / ')));
  });
  void ended.then(() => {
    state.worker = undefined;
    state.url = undefined;
  });
  return {
    pid: child.pid ?? 0,
    workerPid: () => state.worker,
    url: () => state.url,
    keys,
    ended,
    kill(which) {
      if (which === 'host') return child.kill('SIGKILL');
      return state.worker !== undefined && process.kill(state.worker, 'SIGKILL');
    },
  };
};

const spawned = ({ appRoot, hostPath, functions, environment, messageLeaseSeconds }: InstanceOptions): ChildProcess => {
  const lease = messageLeaseSeconds === undefined ? [] : ['--message-lease', String(messageLeaseSeconds)];
  const args = ['--functions', functions.join(','), '--port', '0', '--json', ...lease];
  return spawn(process.execPath, ['--import', endWithParent, hostPath, ...args], {
    cwd: appRoot,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
};

const eventIn = (line: string): HostEvent | undefined => {
  try {
    return JSON.parse(line) as HostEvent;
  } catch {
    return undefined;
  }
};

const remember = (words: string[], line: string): void => {
  words.push(line);
  if (words.length > 5) words.shift();
};
