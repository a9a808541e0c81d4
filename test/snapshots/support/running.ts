import type { RunParts } from '../../../src/snapshots/running/parts.ts';
import { createSnapshots, type Snapshots } from '../../../src/snapshots/running/snapshots.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import { memoryLeases } from '../../../src/snapshots/store/memoryLeases.ts';
import { memoryRunIndex } from '../../../src/snapshots/store/memoryRunIndex.ts';
import { memoryStaging } from '../../../src/snapshots/store/memoryStaging.ts';
import { memoryStates } from '../../../src/snapshots/store/memoryStates.ts';
import { createTally } from '../../../src/snapshots/store/tally.ts';
import { createTeller } from '../../../src/snapshots/telling/createTeller.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import type { MemoryWrites } from '../../../src/storage/memoryWrites.ts';
import { type FakeClock, fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';
import { countedBatches } from './countedBatches.ts';
import { type FleetSources, fleetSources } from './fleetSource.ts';

export const leaseMs = 60_000;

/**
 * Runs on memory, of a fleet that a test says; several processes may share the stores. Chunks and transactions are small, and how far a merge
 * is, is written after each stretch: so a bucket takes several batches, and a run can be broken off between any two of them.
 */
export const running = (
  options: {
    readonly pageSize?: number;
    readonly sources?: FleetSources;
    readonly sliceMs?: number;
    readonly writes?: MemoryWrites;
  } = {},
) => {
  const { pageSize = 4, sources = fleetSources(pageSize), sliceMs = 540_000, writes = {} } = options;
  const clock: FakeClock = fakeClock();
  const log = recordedLog();
  const stores = {
    index: memoryRunIndex(writes),
    leases: memoryLeases({ clock, leaseMs, ...writes }),
    staging: memoryStaging(writes),
    ...countedBatches(memoryStates(writes)),
  };
  const queue = memoryQueue();
  const buckets = 4;
  const process = (changed: Partial<RunParts> = {}): Snapshots =>
    createSnapshots({
      ...stores,
      sources,
      teller: createTeller({ queue, source: '/gateway', mostSingles: 100 }),
      tally: createTally(),
      clock,
      log,
      buckets,
      sliceMs,
      mostEntities: 4,
      chunkSizes: { most: 4, piece: 2 },
      saveAfterMs: 0,
      ...changed,
    });
  return { clock, log, ...stores, queue, sources, buckets, process };
};

/** The state of a machine whose id begins with two digits. */
export const machine = (id: string, ...propertiesRequireAttention: string[]): SecurityState => ({
  id: id.padEnd(40, '0'),
  build: 19045,
  revision: 5608,
  architecture: 'Amd64',
  osVersion: '10.0.19045.5608',
  propertiesRequireAttention,
});
