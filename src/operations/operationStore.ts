/** Operations, until they expire. The port: `tableOperationStore` in Table storage, `memoryOperationStore` for tests. */
import type { Operation } from './operation.ts';

export interface OperationStore {
  /** @throws Overtaken where there is one with its id */
  create(operation: Operation): Promise<void>;
  read(id: string): Promise<VersionedOperation | undefined>;
  /**
   * @param version as it was read or written last
   * @returns the new version
   * @throws Overtaken when somebody else wrote it meanwhile, or it is gone
   */
  save(operation: Operation, version: string): Promise<string>;
  /** Nothing happens where it is gone. */
  remove(id: string): Promise<void>;
  /**
   * Ids, the lowest instant first, found without looking at all others: of `waiting` by when they are due, of `ended` by when they expire.
   *
   * @param before only those with a lower instant; milliseconds since 1970
   * @param top at most so many
   */
  list(which: OperationList, before: number, top: number): Promise<readonly string[]>;
  /** How many wait. @param top counts no further @param owner whose own are counted, too */
  count(top: number, owner: string): Promise<OperationCount>;
}

export interface OperationCount {
  readonly all: number;
  readonly own: number;
}

export type OperationList = 'waiting' | 'ended';

export interface VersionedOperation {
  readonly value: Operation;
  readonly version: string;
}

/** Which list one stands in, and where in it. */
export const placeOf = ({ state, due, expiresAt }: Operation): { readonly list: OperationList; readonly at: number } =>
  state === 'waiting' ? { list: 'waiting', at: due } : { list: 'ended', at: expiresAt ?? Number.MAX_SAFE_INTEGER };

/** @param owners one of each that waits */
export const countOf = (owners: readonly unknown[], owner: string): OperationCount => ({
  all: owners.length,
  own: owners.filter((one) => one === owner).length,
});
