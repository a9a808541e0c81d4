/** One process: started, told things, frozen, killed, and ended by its own id. */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { systemClock } from '../../../src/clock.ts';
import { type FromProcess, noReport, type Report, type Role, type ToProcess } from './messages.ts';

export interface Member {
  readonly isReady: boolean;
  /** The newest. */
  readonly report: Report;
  /** Resolves when it can make calls. */
  readonly ready: Promise<void>;
  /** Resolves when it is gone, with how and its last words. */
  readonly gone: Promise<string>;
  tell(message: ToProcess): void;
  kill(): void;
  readonly pid: number;
  /** SIGSTOP, and after this long SIGCONT. */
  freeze(milliseconds: number): void;
  /** Lets it give back what it holds; resolves when it is gone. */
  end(): Promise<void>;
}

const patienceMs = 4000;

/** @param workerPath the built gateProcess.ts */
export const startMember = (workerPath: string, role: Role): Member => {
  const child = fork(workerPath, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const kill = () => void child.kill('SIGKILL');
  const gone = endOf(child);
  let isReady = false;
  let report = noReport;
  const tell = (message: ToProcess) => {
    // A process that was just killed takes no more messages.
    if (child.connected) child.send(message, () => undefined);
  };
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: FromProcess) => {
      if (message.kind !== 'ready') report = message.report;
      else {
        isReady = true;
        resolve();
      }
    });
  });
  tell({ kind: 'role', role });
  return {
    get isReady() {
      return isReady;
    },
    get report() {
      return report;
    },
    ready,
    gone,
    tell,
    kill,
    pid: child.pid ?? 0,
    freeze(milliseconds) {
      child.kill('SIGSTOP');
      void systemClock.sleep(milliseconds).then(() => child.kill('SIGCONT'));
    },
    async end() {
      child.kill('SIGCONT');
      tell({ kind: 'end' });
      const patience = new AbortController();
      const late = systemClock.sleep(patienceMs, patience.signal).then(kill);
      await gone;
      patience.abort();
      await late;
    },
  };
};

const endOf = (child: ChildProcess): Promise<string> => {
  const words: string[] = [];
  if (child.stderr) createInterface(child.stderr).on('line', (line) => words.splice(0, words.length - 9, line));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`it could not be started: ${error.message}`));
    child.once('close', (code, signal) => resolve([signal ?? `exit code ${code}`, ...words].join('\n')));
  });
};
