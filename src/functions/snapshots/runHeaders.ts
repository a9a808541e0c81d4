import type { Clock } from '../../clock.ts';
import { instantOfRun } from '../../snapshots/runId.ts';

/** Which run an answer is of, and how many seconds ago that began. */
export const runHeaders = (run: string, clock: Pick<Clock, 'wall'>): Readonly<Record<string, string>> => {
  const began = instantOfRun(run) ?? clock.wall();
  return { 'x-gateway-snapshot': run, age: String(Math.max(0, Math.ceil((clock.wall() - began) / 1000))) };
};
