/** How many machines each property required attention of, run by run: from the rows of the runs alone. */
import { isStored, type Run } from '../run.ts';
import { instantOfRun, type RunId, runIdAt, startOf } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import { lastStored } from '../running/newRun.ts';
import { propertiesOf, readProperties } from './properties.ts';
import { readInstant } from './readInstant.ts';
import { lostPlace, type Refusal, refused } from './refusal.ts';
import { behind, runsBefore } from './windows.ts';

export interface TrendQuestion {
  /** Properties with commas between; without, all there are. */
  readonly property?: string | undefined;
  /** Instants, both ends included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly position?: string | undefined;
  readonly top: number;
}

export interface TrendPage {
  readonly kind: 'page';
  /** By run, the oldest first; then by property. */
  readonly rows: readonly TrendRow[];
  readonly next: string | undefined;
}

export interface TrendRow {
  /** When the run began. */
  readonly at: string;
  readonly run: RunId;
  readonly property: string;
  readonly count: number;
  /** Of these. */
  readonly machines: number;
  /** Machines that required attention, for whatever property. */
  readonly requireAttention: number;
}

/** Costs a transaction for each 200 runs in the bounds. */
export const readTrend = async (
  index: Pick<RunIndex, 'list'>,
  question: TrendQuestion,
): Promise<TrendPage | Refusal> => {
  const bounds = readBounds(question);
  if (bounds.kind === 'refused') return bounds;
  const place = question.position === undefined ? undefined : readPosition(question.position);
  if (question.position !== undefined && place === undefined) return lostPlace();
  const newest = await lastStored(index);
  const { runs, properties } = await oldest(index, bounds, place?.run ?? bounds.from, question.top + 2);
  const known = propertiesOf([...properties, ...Object.keys(newest?.counts.attention ?? {})]);
  const asked = question.property;
  const read = asked === undefined ? allOf(known) : readProperties('property', asked, known);
  if (read.kind === 'refused') return read;
  const rows = runs.flatMap((run) => rowsOf(run, read.properties)).filter((row) => isBehind(row, place));
  const last = rows.length > question.top ? rows[question.top - 1] : undefined;
  return { kind: 'page', rows: rows.slice(0, question.top), next: last && `${last.run}|${last.property}` };
};

interface Bounds {
  readonly kind: 'bounds';
  readonly from: RunId;
  readonly to: RunId | undefined;
}

const readBounds = ({ from, to }: TrendQuestion): Bounds | Refusal => {
  const first = from === undefined ? undefined : readInstant('from', from);
  if (first?.kind === 'refused') return first;
  const last = to === undefined ? undefined : readInstant('to', to);
  if (last?.kind === 'refused') return last;
  if (first && last && last.at < first.at) return refused(400, 'to: it is before from; give the earlier one as from');
  // A run is named by its second: the first one from an instant on is not before it.
  const start = first === undefined ? '' : runIdAt(Math.ceil(first.at / 1000) * 1000);
  return { kind: 'bounds', from: start, to: last && runIdAt(last.at) };
};

/**
 * The stored runs from one on, the oldest first. The page's first run may have been given, all of it or a part, so it is among them.
 *
 * @param most runs at most
 * @returns with the properties of all runs within the bounds, so that each page has the same
 */
const oldest = async (
  index: Pick<RunIndex, 'list'>,
  { from, to }: Bounds,
  start: RunId,
  most: number,
): Promise<{ readonly runs: readonly Run[]; readonly properties: ReadonlySet<string> }> => {
  let runs: Run[] = [];
  const properties = new Set<string>();
  for await (const run of runsBefore(index, to && behind(to))) {
    if (run.id < from) break;
    if (!isStored(run)) continue;
    for (const property of Object.keys(run.counts.attention)) properties.add(property);
    if (run.id >= start) runs.push(run);
    if (runs.length >= 2 * most) runs = runs.slice(-most);
  }
  return { runs: runs.slice(-most).reverse(), properties };
};

const allOf = (properties: readonly string[]) => ({ kind: 'properties', properties }) as const;

const rowsOf = ({ id, counts }: Run, properties: readonly string[]): readonly TrendRow[] =>
  [...properties].sort().map((property) => ({
    at: startOf(id),
    run: id,
    property,
    count: counts.attention[property] ?? 0,
    machines: counts.machines,
    requireAttention: counts.requireAttention,
  }));

interface Position {
  readonly run: RunId;
  readonly property: string;
}

const readPosition = (text: string): Position | undefined => {
  const [, run, property] = /^(\w+)\|(.*)$/s.exec(text) ?? [];
  if (run === undefined || property === undefined || instantOfRun(run) === undefined) return undefined;
  return { run, property };
};

const isBehind = (row: TrendRow, place: Position | undefined): boolean =>
  !place || row.run > place.run || (row.run === place.run && row.property > place.property);
