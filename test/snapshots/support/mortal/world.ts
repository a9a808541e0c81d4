/** A run's surroundings in a process that may die: real storage, a simulated Defender, and the time of the place. */
import type { QueueClient } from '@azure/storage-queue';
import { type Clock, systemClock } from '../../../../src/clock.ts';
import type { Settings } from '../../../../src/settings.ts';
import type { ChunkSizes } from '../../../../src/snapshots/merge/pieces.ts';
import type { RunId } from '../../../../src/snapshots/runId.ts';
import { createSnapshots, type Snapshots } from '../../../../src/snapshots/running/snapshots.ts';
import { createSources } from '../../../../src/snapshots/sources/sources.ts';
import { tableLeases } from '../../../../src/snapshots/store/tableLeases.ts';
import { tableRunIndex } from '../../../../src/snapshots/store/tableRunIndex.ts';
import { tableStaging } from '../../../../src/snapshots/store/tableStaging.ts';
import { tableStates } from '../../../../src/snapshots/store/tableStates.ts';
import { createTally } from '../../../../src/snapshots/store/tally.ts';
import { createTeller } from '../../../../src/snapshots/telling/createTeller.ts';
import { storageQueue } from '../../../../src/storage/storageQueue.ts';
import { tableClient } from '../../../../src/storage/tableClient.ts';
import { quietLog } from '../../../support/quietLog.ts';
import { countedBatches } from '../countedBatches.ts';
import { type Digest, digestOf } from './digest.ts';
import type { Place } from './messages.ts';
import type { Mortality } from './mortality.ts';
import { upstreamAt } from './upstream.ts';

export interface World {
  readonly runs: Snapshots;
  /** Whether there is such a run, finished or not. */
  isBegun(run: RunId): Promise<boolean>;
  digest(run: RunId): Promise<Digest>;
  /** Batches that were written to each bucket that has any. */
  batches(): readonly number[];
}

/** Few, so that a bucket takes several transactions and a run not too many. */
const [buckets, mostEntities, pageSize] = [4, 4, 20];
const chunkSizes: ChunkSizes = { most: 4, piece: 2 };
/** A lease of the dead is free a moment later. */
const leaseMs = 1_000;

export const worldAt = ({ connection, partition, upstream, now }: Place, mortality: Mortality): World => {
  const settings = { AzureWebJobsStorage: connection } as Settings;
  const clock: Clock = { ...systemClock, wall: () => now };
  const tally = createTally();
  const table = (name: string) => mortality.ofTable(tableClient(settings, name));
  const runTable = table('snapshots');
  const index = tableRunIndex(runTable, { partition, tally, clock });
  const { states, batches } = countedBatches(tableStates(table('snapshotStates'), { partition, tally, clock }));
  const runs = createSnapshots({
    index,
    leases: tableLeases(runTable, { partition, owner: String(process.pid), clock, leaseMs, tally }),
    staging: tableStaging(table('snapshotStaging'), { partition, buckets, tally, clock }),
    states,
    sources: createSources({
      defender: upstreamAt(upstream),
      notes: index,
      setting: 'composed',
      pageSize,
      staleDays: 7,
      clock,
    }),
    teller: createTeller({ queue: mortality.ofQueue(storageQueue({ connection }, partition)), source: '/gateway' }),
    tally,
    clock,
    log: quietLog,
    buckets,
    sliceMs: 60_000,
    mostEntities,
    chunkSizes,
    // How far a merge is, is written after each stretch.
    saveAfterMs: 0,
  });
  return {
    runs,
    isBegun: async (run) => (await index.read(run)) !== undefined,
    digest: (run) => digestOf({ index, states, buckets, messages: () => messagesIn(connection, partition) }, run),
    batches: () => [...batches.values()],
  };
};

const messagesIn = async (connection: string, name: string): Promise<readonly string[]> => {
  const { QueueClient } = await import('@azure/storage-queue');
  const queue = new QueueClient(connection, name);
  const texts: string[] = [];
  for (let some = await taken(queue); some.length > 0; some = await taken(queue)) texts.push(...some);
  return texts;
};

const taken = async (queue: QueueClient): Promise<readonly string[]> => {
  if (!(await queue.exists())) return [];
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
  return receivedMessageItems.map(({ messageText }) => messageText);
};
