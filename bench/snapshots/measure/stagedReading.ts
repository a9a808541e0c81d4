/** How long it takes to read what a run has staged, with its own queries, as many at a time, and nothing made of it. */
import { TableClient } from '@azure/data-tables';
import { systemClock } from '../../../src/clock.ts';
import { usualBuckets } from '../../../src/snapshots/buckets.ts';
import type { ListName, Run } from '../../../src/snapshots/run.ts';
import { stretchesAtOnce, stretchesOf } from '../../../src/snapshots/running/stretches.ts';
import { tableStaging } from '../../../src/snapshots/store/tableStaging.ts';
import { createTally } from '../../../src/snapshots/store/tally.ts';

/** @returns seconds */
export const readStaged = async (connection: string, { id, lists, counts }: Run): Promise<number> => {
  const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
  const client = TableClient.fromConnectionString(connection, 'snapshotStaging', options);
  const staging = tableStaging(async () => client, {
    partition: 'tenant|system',
    buckets: usualBuckets,
    tally: createTally(),
    clock: systemClock,
  });
  const waiting = [...stretchesOf(0, usualBuckets, counts.received)];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { from, to } = next;
      await Promise.all((Object.keys(lists) as ListName[]).map((list) => staging.read(list, id, from, to)));
    }
  };
  const lanes = stretchesAtOnce(usualBuckets, counts.received);
  const started = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return (performance.now() - started) / 1000;
};
