/** A process that works on a run until it is finished, or until the write at which it is to die. It ends when its parent does. */
import { systemClock } from '../../../../src/clock.ts';
import { runIdAt } from '../../../../src/snapshots/runId.ts';
import type { Said, Work } from './messages.ts';
import { createMortality } from './mortality.ts';
import { type World, worldAt } from './world.ts';

/** Somebody may still hold the lease, though he is dead. */
const lookEveryMs = 50;

const work = async ({ place, death }: Work): Promise<Said> => {
  const mortality = createMortality(death);
  const world = worldAt(place, mortality);
  const run = runIdAt(place.now);
  let attempts = 1;
  for (; !(await isFinished(world, run)); attempts += 1) await systemClock.sleep(lookEveryMs);
  const digest = await world.digest(run);
  return { kind: 'finished', attempts, writes: mortality.writes(), batches: world.batches(), digest };
};

/** Begins it where nobody did, else goes on with it. */
const isFinished = async ({ runs, isBegun }: World, run: string): Promise<boolean> => {
  const ended = (await isBegun(run)) ? await runs.resume() : await runs.tick();
  return ended.kind === 'finished' || ended.kind === 'idle';
};

process.on('message', (message: Work) => {
  const failed = (error: Error): Said => ({ kind: 'failed', message: error.stack ?? error.message });
  void work(message)
    .catch(failed)
    .then((said) => process.send?.(said));
});
process.on('disconnect', () => process.exit());
