/** Rows of states, by bucket and key: what a store of states needs of Table storage, or of memory. */
import type { StateRow } from './stateRow.ts';

export interface StateRows {
  /** Those from a key to before another, in order. */
  range(bucket: number, keys: KeyRange): Promise<RowsRead>;
  /** The first of them. */
  first(bucket: number, keys: KeyRange): Promise<StoredRow | undefined>;
  keys(bucket: number, keys: KeyRange): Promise<readonly string[]>;
  /**
   * Writes all of it or nothing.
   *
   * @param version of the head that it was read with; undefined where there was none
   * @returns the new version of the head
   * @throws Overtaken when the head was written by somebody else
   */
  commit(bucket: number, rows: RowBatch, version: string | undefined): Promise<string>;
  /** Those that are gone already do not matter. */
  remove(bucket: number, keys: readonly string[]): Promise<void>;
}

export interface StoredRow extends StateRow {
  readonly version: string;
}

export interface RowBatch {
  readonly head: StateRow;
  readonly put: readonly StateRow[];
  /** Keys; those that are gone already do not matter. */
  readonly remove: readonly string[];
}

export interface RowsRead {
  readonly rows: readonly StoredRow[];
  /** Whether all are of the same moment: what takes several pages is read while somebody may write. */
  readonly isOfOneMoment: boolean;
}

export interface KeyRange {
  readonly lowest: string;
  readonly below: string;
}
