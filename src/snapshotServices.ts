/** The part of the composition root that puts together what keeps, reads and tells security states. */
import type { Clock } from './clock.ts';
import type { Defender } from './defender/client.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';
import { usualBuckets } from './snapshots/buckets.ts';
import { createLiveStates, type LiveStates } from './snapshots/live/liveStates.ts';
import { createPruning, type Pruning } from './snapshots/pruning/pruning.ts';
import { createReading, type Reading } from './snapshots/reading/reading.ts';
import type { RunIndex } from './snapshots/runIndex.ts';
import { createSnapshots, type Snapshots } from './snapshots/running/snapshots.ts';
import { createSources } from './snapshots/sources/sources.ts';
import { tableLeases } from './snapshots/store/tableLeases.ts';
import { tableRunIndex } from './snapshots/store/tableRunIndex.ts';
import { tableStaging } from './snapshots/store/tableStaging.ts';
import { tableStates } from './snapshots/store/tableStates.ts';
import { createTally, type Tally } from './snapshots/store/tally.ts';
import { createTeller } from './snapshots/telling/createTeller.ts';
import { queueAccount } from './storage/queueAccount.ts';
import { storageQueue } from './storage/storageQueue.ts';
import { tableClient } from './storage/tableClient.ts';

export interface SnapshotServices {
  readonly runs: Snapshots;
  readonly pruning: Pruning;
  readonly reading: Reading;
  readonly live: LiveStates;
}

export interface SnapshotContext {
  readonly defender: Pick<Defender, 'ask'>;
  /** Tenant and application. */
  readonly partition: string;
  /** This process. */
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** A lease is free this long after its holder was last heard of. */
const leaseMs = 60_000;
/** In an entity group transaction ("Performing entity group transactions"). */
const mostEntities = 100;
/** Machines that are told of in a message of their own; more of them travel together. */
const mostSingles = 100;

export const createSnapshotServices = (
  settings: Settings,
  { defender, partition, owner, clock, log }: SnapshotContext,
): SnapshotServices => {
  const buckets = usualBuckets;
  const table = tableClient(settings, 'snapshots');
  const stateTable = tableClient(settings, 'snapshotStates');
  const storesCountedBy = (tally: Tally) => ({
    index: tableRunIndex(table, { partition, tally, clock }),
    leases: tableLeases(table, { partition, owner, clock, leaseMs, tally }),
    states: tableStates(stateTable, { partition, tally, clock }),
  });
  // What a run costs is told without what else goes on in its process.
  const tally = createTally();
  const { index, leases, states } = storesCountedBy(tally);
  const others = storesCountedBy(createTally());
  const staging = tableStaging(tableClient(settings, 'snapshotStaging'), { partition, buckets, tally, clock });
  const staleDays = settings.ANTIVIRUS_STALE_DAYS;
  const sourcesNotedIn = (notes: RunIndex) =>
    createSources({
      defender,
      notes,
      setting: settings.SECURITY_STATES_SOURCE,
      pageSize: settings.SNAPSHOT_PAGE_SIZE,
      staleDays,
      clock,
    });
  const teller = createTeller({
    queue: storageQueue(queueAccount(settings), 'security-state-changes'),
    source: '/defender-machine-gateway',
    mostSingles,
  });
  const sliceMs = settings.SNAPSHOT_SLICE_SECONDS * 1000;
  const reading = createReading({ ...others, buckets, clock });
  return {
    reading,
    live: createLiveStates({
      sources: sourcesNotedIn(others.index),
      stored: reading.stored,
      staleDays,
      antivirusLifetime: settings.CACHE_SECONDS.deviceAntivirus ?? 0,
      clock,
      log,
    }),
    runs: createSnapshots({
      index,
      leases,
      staging,
      states,
      sources: sourcesNotedIn(index),
      teller,
      tally,
      clock,
      log,
      buckets,
      sliceMs,
      mostEntities,
    }),
    pruning: createPruning({
      ...others,
      retentionDays: settings.SNAPSHOT_RETENTION_DAYS,
      buckets,
      sliceMs,
      clock,
      log,
    }),
  };
};
