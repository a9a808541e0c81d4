/** Ends processes of instances at random, without a warning. */
import type { Clock } from '../../../src/clock.ts';
import type { Instances } from '../hosting/instances.ts';

export interface Killer {
  readonly kills: { readonly host: number; readonly worker: number };
  readonly ended: Promise<void>;
}

export interface KillerOptions {
  readonly instances: Pick<Instances, 'running'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Milliseconds between two of them. */
const least = 2_000;
const most = 7_000;

/** Two of three times it is the worker alone: its host starts another, as the platform does; else both go. */
export const startKiller = ({ instances, clock, random, signal }: KillerOptions): Killer => {
  const kills = { host: 0, worker: 0 };
  const killOne = () => {
    const running = instances.running();
    const victim = running[Math.floor(random() * running.length)];
    const which = random() < 2 / 3 ? 'worker' : 'host';
    if (victim?.kill(which)) kills[which] += 1;
  };
  const run = async () => {
    for (;;) {
      await clock.sleep(least + random() * (most - least), signal);
      if (signal.aborted) return;
      killOne();
    }
  };
  return { kills, ended: run() };
};
