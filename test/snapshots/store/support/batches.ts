/** Chunks, heads and batches for tests of the store of states. */
import type { Change } from '../../../../src/snapshots/change.ts';
import type { KeptState } from '../../../../src/snapshots/keptState.ts';
import { noChanges } from '../../../../src/snapshots/run.ts';
import { type Batch, type Head, lastFence, type StateStore } from '../../../../src/snapshots/stateStore.ts';

export const runs = ['20261121T190000Z', '20261121T200000Z', '20261121T210000Z'] as const;

export const kept = (id: string, run: string = runs[0], more: Partial<KeptState['state']> = {}): KeptState => ({
  state: {
    id,
    build: 19045,
    revision: null,
    architecture: 'Amd64',
    osVersion: '10.0.19045.4291',
    propertiesRequireAttention: ['AntivirusNotReporting'],
    ...more,
  },
  appeared: run,
  since: run,
  attentionSince: [run],
});

export const chunk = (fence: string, ...ids: readonly string[]) => ({ fence, machines: ids.map((id) => kept(id)) });
export const head = (upTo: string, run: string = runs[0], appeared = 0): Head => ({
  run,
  upTo,
  changes: { ...noChanges, appeared },
});
export const batch = (more: Partial<Batch> = {}): Batch => ({
  head: head(lastFence),
  version: undefined,
  put: [],
  remove: [],
  changes: [],
  ...more,
});
export const changeOf = (id: string, run: string, osVersion = '10.0'): Change => ({
  before: kept(id),
  after: kept(id, run, { osVersion }),
});
export const only = async (states: StateStore, bucket = 0) => (await states.read(bucket, bucket + 1))[0];
export const fencesOf = async (states: StateStore, bucket = 0) =>
  (await only(states, bucket))?.chunks.map(({ fence }) => fence);
