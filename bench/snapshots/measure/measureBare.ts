/** The bare loop's time: against a storage of its own, which is as warm as the run's is when it begins to store. */
import { join } from 'node:path';
import { startAzurite } from '../../../src/local/stack/azurite.ts';
import type { Endings } from '../../../src/local/stack/endings.ts';
import { untilAnswers } from '../../../src/local/stack/untilAnswers.ts';
import { environment } from '../../../src/settings.ts';
import { usualBuckets } from '../../../src/snapshots/buckets.ts';
import { stretchesAtOnce } from '../../../src/snapshots/running/stretches.ts';
import { startChild } from '../process/child.ts';
import type { FromBare, ToBare } from '../process/messages.ts';
import { type BareTimes, type SeenRun, statesTable } from '../report/figures.ts';
import type { Place } from '../stage.ts';

export interface BareWish extends Place {
  /** Of the storage that holds what the first run wrote. */
  readonly from: string;
  readonly first: SeenRun;
  readonly times: number;
}

/** Partitions that are written first, and not counted: by then a run has written its staged pages. */
const warmUp = 8;

export const measureBare = async (
  { appRoot, built, from, first, times }: BareWish,
  { keep }: Endings,
): Promise<BareTimes> => {
  const child = startChild<ToBare, FromBare>(join(built, 'snapshotsBare.mjs'), environment());
  const [bare, azurite] = await Promise.all([keep(Promise.resolve(child)), keep(startAzurite({ appRoot }))]);
  await untilAnswers('storage', azurite.tables);
  const { run, transactions } = first;
  await bare.ask({ kind: 'read', from, table: statesTable, transactions }, 'hasRead');
  const reading: number[] = [];
  for (let time = 0; time < times; time += 1)
    reading.push((await bare.ask({ kind: 'readStaged', from, run }, 'hasReadStaged')).seconds);
  const to = azurite.connectionString;
  const lanes = stretchesAtOnce(usualBuckets, run.counts.received);
  await bare.ask({ kind: 'write', to, table: 'warmUp', lanes, most: warmUp }, 'wrote');
  const writing: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const wrote = await bare.ask({ kind: 'write', to, table: `bare${time}`, lanes }, 'wrote');
    writing.push(wrote.seconds);
  }
  await Promise.all([bare.stop(), azurite.stop()]);
  return { writing, reading };
};
