/** Who stands, and who was set behind whom: the rules, applied to what Defender gave. */

import type { Machine } from '../finder.ts';
import { type Fit, fitOf } from './fit.ts';
import { type KnownRecords, type Merge, mergeOf } from './merges.ts';
import type { ResolveQuestion } from './question.ts';
import { inOrder, type MachineRecord } from './record.ts';
import type { Behind } from './resolution.ts';
import { type Asked, rules } from './rules.ts';

/** What Defender gave: for the question, and for the ids of records that others were merged into. */
export interface Rows {
  readonly found: readonly Machine[];
  readonly targets: readonly Machine[];
}

/** All lists have the record first that was seen last. */
export interface Weighed {
  readonly standing: readonly MachineRecord[];
  readonly setBehind: readonly SetBehind[];
  /** Whether a candidate is what was asked for. Who took in one that is, is it too. */
  readonly fits: Asked['fits'];
  /** Other domains' machines of the same first label, which were not asked for. */
  readonly strangers: readonly MachineRecord[];
}

export type SetBehind =
  | { readonly record: MachineRecord; readonly behind: Behind; readonly better: MachineRecord }
  /** Merged into a record that Defender does not give. */
  | { readonly record: MachineRecord; readonly behind: 'mergedIntoAnother'; readonly lostId: string };

export const weigh = (question: ResolveQuestion, rows: Rows): Weighed => {
  const { known, found } = read(rows);
  const fits = fitsOf(question, found, known);
  const candidates = [...known.values()].filter((record) => fits.has(record));
  const merges = candidates.map((record) => [record, mergeOf(record, known)] as const);
  const asked = { question, fits };
  const weighed = applied(
    asked,
    merges.filter(([, { kind }]) => kind === 'none').map(([record]) => record),
  );
  const setBehind = [...merges.flatMap(([record, merge]) => foldedInto(record, merge)), ...weighed.setBehind];
  const order = new Map(candidates.map((record, i) => [record, i]));
  return {
    standing: weighed.standing,
    setBehind: setBehind.sort((a, b) => (order.get(a.record) ?? 0) - (order.get(b.record) ?? 0)),
    fits,
    strangers: found.filter((record) => !fits.has(record) && isNamesake(record, question)),
  };
};

/** Ids of records that candidates were merged into, and that are not among the rows. */
export const missingTargets = (question: ResolveQuestion, rows: Rows): readonly string[] => {
  const { known, found } = read(rows);
  const merges = [...fitsOf(question, found, known).keys()].map((record) => mergeOf(record, known));
  return [...new Set(merges.flatMap((merge) => (merge.kind === 'lost' ? [merge.id] : [])))].sort();
};

const read = ({ found, targets }: Rows): { readonly known: KnownRecords; readonly found: readonly MachineRecord[] } => {
  const records = inOrder([...found, ...targets]);
  const ids = new Set(found.map(({ id }) => id.toLowerCase()));
  return {
    known: new Map(records.map((record) => [record.id, record])),
    found: records.filter(({ id }) => ids.has(id)),
  };
};

const fitsOf = (
  question: ResolveQuestion,
  found: readonly MachineRecord[],
  known: KnownRecords,
): ReadonlyMap<MachineRecord, Fit> => {
  const fits = new Map<MachineRecord, Fit>();
  for (const wanted of ['perhaps', 'surely'] as const) {
    for (const record of found.filter((each) => fitOf(each, question) === wanted)) {
      for (const each of [record, ...pathOf(record, known)]) fits.set(each, wanted);
    }
  }
  return fits;
};

const isNamesake = ({ name }: MachineRecord, question: ResolveQuestion): boolean =>
  question.kind === 'hostName' && name?.label === question.name.label;

const pathOf = (record: MachineRecord, known: KnownRecords): readonly MachineRecord[] => {
  const merge = mergeOf(record, known);
  return merge.kind === 'none' ? [] : merge.path;
};

const foldedInto = (record: MachineRecord, merge: Merge): readonly SetBehind[] => {
  const behind = 'mergedIntoAnother';
  if (merge.kind === 'into') return [{ record, behind, better: merge.end }];
  return merge.kind === 'lost' ? [{ record, behind, lostId: merge.id }] : [];
};

const applied = (asked: Asked, unmerged: readonly MachineRecord[]): Pick<Weighed, 'standing' | 'setBehind'> => {
  let standing = unmerged;
  const setBehind: SetBehind[] = [];
  for (const { behind, set } of rules) {
    const found = set(standing, asked);
    standing = standing.filter((record) => !found.has(record));
    setBehind.push(...[...found].map(([record, better]) => ({ record, behind, better })));
  }
  return { standing, setBehind };
};
