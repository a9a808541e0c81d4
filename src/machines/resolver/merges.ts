/** Records that Defender folded into others (`mergedIntoMachineId`), followed to their ends. */
import type { MachineRecord } from './record.ts';

export type Merge =
  /** It was not merged; or in a circle, which says nothing. */
  | { readonly kind: 'none' }
  /** `path`: the records from the next one to the end. */
  | { readonly kind: 'into'; readonly end: MachineRecord; readonly path: readonly MachineRecord[] }
  /** The path leads to a record that is not known. */
  | { readonly kind: 'lost'; readonly id: string; readonly path: readonly MachineRecord[] };

export type KnownRecords = ReadonlyMap<string, MachineRecord>;

export const mergeOf = (record: MachineRecord, known: KnownRecords): Merge => {
  const seen = new Set([record]);
  let last = record;
  while (last.mergedInto !== undefined) {
    const next = known.get(last.mergedInto);
    if (next === undefined) return { kind: 'lost', id: last.mergedInto, path: [...seen].slice(1) };
    if (seen.has(next)) return { kind: 'none' };
    seen.add(next);
    last = next;
  }
  return last === record ? { kind: 'none' } : { kind: 'into', end: last, path: [...seen].slice(1) };
};
