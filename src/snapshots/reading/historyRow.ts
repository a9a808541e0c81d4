/** A version of a machine's state as it is told of. */
import type { Change, ChangeKind } from '../change.ts';
import type { KeptState } from '../keptState.ts';
import { goneAttention, kindOf, newAttention } from '../merge/kindOf.ts';
import { type RunId, startOf } from '../runId.ts';
import type { Version } from './machineLives.ts';
import { type MachineRow, machineRow } from './machineRow.ts';

export interface HistoryRow {
  readonly from: string;
  /** null: it still holds. */
  readonly until: string | null;
  /** The run that began at `from`. */
  readonly run: RunId;
  /** What made it so; null where that is no longer kept. */
  readonly change: ChangeKind | null;
  readonly newlyRequires: readonly string[];
  readonly noLongerRequires: readonly string[];
  /** null where the machine had vanished. */
  readonly state: MachineRow | null;
}

/** @param latest who was missed by a later run only was not missed yet */
export const historyRow = (
  { since, kept }: Version,
  change: Change | undefined,
  until: RunId | undefined,
  latest: RunId,
): HistoryRow => ({
  from: startOf(since),
  until: until === undefined ? null : startOf(until),
  run: since,
  change: change ? kindOf(change) : kept?.appeared === since ? 'appeared' : null,
  newlyRequires: change ? newAttention(change) : [],
  noLongerRequires: change ? goneAttention(change) : [],
  state: kept ? machineRow(missedBy(kept, latest)) : null,
});

const missedBy = (kept: KeptState, latest: RunId): KeptState =>
  kept.missedSince !== undefined && kept.missedSince > latest ? { ...kept, missedSince: undefined } : kept;
