/** A process of the bench, seen from the bench: started, asked, and ended by its own id. */
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { systemClock } from '../../../src/clock.ts';
import type { FromPart, ToPart } from './messages.ts';

export interface Part {
  /** Says something, and hears what it answers. @throws what it failed with, or how it ended */
  ask<K extends FromPart['kind']>(message: ToPart, kind: K): Promise<Extract<FromPart, { kind: K }>>;
  /** Lets it end what it started; resolves when it is gone. Harmless when called twice. */
  stop(): Promise<void>;
}

/** Longer than what it runs is given to end. */
const patienceMs = 15_000;

/** @param path the built partProcess.ts */
export const startPart = (path: string): Part => {
  const child = fork(path, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const lastWords: string[] = [];
  if (child.stderr) createInterface(child.stderr).on('line', (line) => lastWords.push(line) > 10 && lastWords.shift());
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve([`it ended with ${signal ?? code}`, ...lastWords].join('\n')));
  });
  const say = (message: ToPart) => child.connected && child.send(message, () => undefined);
  return {
    ask: (message, kind) =>
      new Promise((resolve, reject) => {
        type Wanted = Extract<FromPart, { kind: typeof kind }>;
        const hear = (heard: FromPart) => {
          if (heard.kind !== kind && heard.kind !== 'failed') return;
          child.off('message', hear);
          if (heard.kind === 'failed') reject(new Error(heard.message));
          else resolve(heard as Wanted);
        };
        child.on('message', hear);
        void gone.then((how) => reject(new Error(`a process of the bench is gone: ${how}`)));
        say(message);
      }),
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
