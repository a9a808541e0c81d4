/** The processes, seen from the test: one works until it dies, the next goes on. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Finished, Said, Work } from './messages.ts';

export interface Mortal {
  /** @returns what it came to; undefined where it was killed over it. @throws what it failed with */
  work(work: Work): Promise<Finished | undefined>;
  end(): Promise<void>;
}

const alive = new Set<ChildProcess>();

export const startMortal = (): Mortal => {
  const child = fork(join(process.cwd(), '.build/mortalProcess.mjs'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  alive.add(child);
  const gone = once(child, 'exit').then(([, signal]): undefined => {
    alive.delete(child);
    if (signal !== 'SIGKILL') throw new Error(`a process ended by itself: ${child.exitCode}`);
  });
  gone.catch(() => undefined);
  return {
    async work(work) {
      child.send(work);
      const said = await Promise.race([once(child, 'message').then(([one]): Said => one), gone]);
      if (said?.kind === 'failed') throw new Error(said.message);
      return said;
    },
    end: () => ended(child),
  };
};

/** Ends all that still live; for `afterAll`. */
export const endMortals = async (): Promise<void> => {
  await Promise.all([...alive].map(ended));
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};
