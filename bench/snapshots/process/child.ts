/** A process of the bench, seen from the bench: started, asked, and ended by its own id. */
import { fork, type StdioOptions } from 'node:child_process';
import { createInterface } from 'node:readline';
import { systemClock } from '../../../src/clock.ts';

export interface Child<To, From extends { readonly kind: string }> {
  readonly pid: number;
  /** Says something, and hears what it answers. @throws what it failed with, or how it ended */
  ask<K extends From['kind']>(message: To, kind: K): Promise<Extract<From, { kind: K }>>;
  /** The first word of it. */
  hear<K extends From['kind']>(kind: K): Promise<Extract<From, { kind: K }>>;
  /** Lets it end what it started; resolves when it is gone. Harmless when called twice. */
  stop(): Promise<void>;
}

/** Longer than what it runs is given to end. */
const patienceMs = 15_000;

/**
 * @param path of the built process
 * @param environment beside this process's own
 * @param execArgv options of Node's
 */
export const startChild = <To, From extends { readonly kind: string }>(
  path: string,
  environment: NodeJS.ProcessEnv,
  execArgv: readonly string[] = [],
): Child<To, From> => {
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
  const child = fork(path, [], { stdio, env: environment, execArgv: [...execArgv] });
  const lastWords: string[] = [];
  if (child.stderr) createInterface(child.stderr).on('line', (line) => lastWords.push(line) > 10 && lastWords.shift());
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve([`it ended with ${signal ?? code}`, ...lastWords].join('\n')));
  });
  const say = (message: unknown) => child.connected && child.send(message as object, () => undefined);
  const hear: Child<To, From>['hear'] = (kind) =>
    new Promise((resolve, reject) => {
      type Wanted = Extract<From, { kind: typeof kind }>;
      const heard = (message: From) => {
        if (message.kind !== kind && message.kind !== 'failed') return;
        child.off('message', heard);
        if (message.kind === 'failed') reject(new Error(`${path}: ${(message as unknown as Error).message}`));
        else resolve(message as Wanted);
      };
      child.on('message', heard);
      void gone.then((how) => reject(new Error(`a process of the bench is gone: ${path}: ${how}`)));
    });
  return {
    pid: child.pid ?? 0,
    hear,
    ask(message, kind) {
      const heard = hear(kind);
      say(message);
      return heard;
    },
    async stop() {
      say({ kind: 'end' });
      const patience = new AbortController();
      const late = systemClock.sleep(patienceMs, patience.signal).then(() => child.kill('SIGKILL'));
      await gone;
      patience.abort();
      await late;
    },
  };
};
