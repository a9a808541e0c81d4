import type { Run } from '../../../src/snapshots/run.ts';
import type { Ended, Snapshots } from '../../../src/snapshots/running/snapshots.ts';
import type { FakeClock } from '../../support/fakeClock.ts';

export const hour = 3_600_000;

/** What comes of it, however long it takes by the test's clock. */
export const finished = async (clock: FakeClock, work: Promise<Ended>): Promise<Ended> => {
  let ended: Ended | undefined;
  const waiting = work.then((end) => {
    ended = end;
  });
  while (!ended) await Promise.race([waiting, clock.advance(1000)]);
  await clock.advance(0);
  return ended;
};

/** A run an hour later. */
export const nextRun = async (clock: FakeClock, snapshots: Snapshots): Promise<Run> => {
  await clock.advance(hour);
  const ended = await finished(clock, snapshots.tick());
  if (ended.kind !== 'finished') throw new Error(`the run is ${ended.kind}`);
  return ended.run;
};
