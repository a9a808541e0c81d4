import type { StateStore } from '../../../src/snapshots/stateStore.ts';

/** A store of which it is known how many batches were written to each bucket. */
export interface CountedBatches {
  readonly states: StateStore;
  /** By the number of the bucket. */
  readonly batches: ReadonlyMap<number, number>;
}

export const countedBatches = (store: StateStore): CountedBatches => {
  const batches = new Map<number, number>();
  const write: StateStore['write'] = async (bucket, batch) => {
    const version = await store.write(bucket, batch);
    batches.set(bucket, (batches.get(bucket) ?? 0) + 1);
    return version;
  };
  return { states: { ...store, write }, batches };
};
