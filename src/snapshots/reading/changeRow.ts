/** A change as it is told of. */
import { type Change, type ChangeKind, idOf } from '../change.ts';
import { goneAttention, kindOf, newAttention } from '../merge/kindOf.ts';
import { type MachineRow, machineRow } from './machineRow.ts';

export interface ChangeRow {
  readonly id: string;
  readonly change: ChangeKind;
  /** null where it was not there. */
  readonly before: MachineRow | null;
  readonly after: MachineRow | null;
  readonly newlyRequires: readonly string[];
  readonly noLongerRequires: readonly string[];
}

export const changeRow = (change: Change): ChangeRow => ({
  id: idOf(change),
  change: kindOf(change),
  before: change.before ? machineRow(change.before) : null,
  after: change.after ? machineRow(change.after) : null,
  newlyRequires: newAttention(change),
  noLongerRequires: goneAttention(change),
});
