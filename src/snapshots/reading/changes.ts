/** What changed from one run to another, machine by machine: the sum of it, whatever happened in between. */
import { type Change, type ChangeKind, idOf } from '../change.ts';
import { kindOf } from '../merge/kindOf.ts';
import type { Run } from '../run.ts';
import { type ChangeRow, changeRow } from './changeRow.ts';
import { changesIn } from './changesIn.ts';
import { readKinds } from './kinds.ts';
import type { Parts } from './machines.ts';
import {
  type PagedItems,
  type PageWish,
  type Place,
  printPlace,
  readPage,
  readPlace,
  start,
  type Walk,
} from './pager.ts';
import { lostPlace, type Refusal, refused } from './refusal.ts';
import { createRunFinder, type FoundRun, type Index, notTooOld } from './runFinder.ts';
import { volumesOf, windowsOf } from './windows.ts';

export interface ChangesQuestion {
  readonly run: string;
  /** A run before it; without, the one right before. */
  readonly since?: string | undefined;
  /** Kinds with commas between; without, all. */
  readonly change?: string | undefined;
  readonly position?: string | undefined;
  readonly top: number;
}

export interface ChangesPage {
  readonly kind: 'page';
  readonly run: Run;
  readonly since: Run;
  readonly rows: readonly ChangeRow[];
  readonly count: number | undefined;
  readonly next: string | undefined;
}

export const readChanges = async (
  parts: Parts,
  question: ChangesQuestion,
  isOver: PageWish['isOver'],
): Promise<ChangesPage | Refusal> => {
  const kinds = readKinds(question.change);
  if (kinds.kind === 'refused') return kinds;
  const ends = await endsOf(parts.index, question);
  if (ends.kind === 'refused') return ends;
  const { run, since } = ends;
  const place = question.position === undefined ? start : readPlace(question.position, parts.buckets);
  if (place === undefined) return lostPlace();
  const isWanted = (change: Change) => kinds.kinds.has(kindOf(change));
  const page = await pageOfChanges(parts, { run, since, place, isWanted }, { top: question.top, isOver });
  const still = await notTooOld(parts.index, since, 'since: ');
  if (still.kind === 'refused') return still;
  const next = page.next && printPlace(page.next);
  return { kind: 'page', run, since, rows: page.items.map(changeRow), count: countOf(run, since, kinds.kinds), next };
};

interface Between {
  readonly run: Run;
  readonly since: Run;
  readonly place: Place;
  readonly isWanted: (change: Change) => boolean;
}

const pageOfChanges = async (
  { index, states, buckets }: Parts,
  { run, since, place, isWanted }: Between,
  wish: PageWish,
): Promise<PagedItems<Change>> => {
  const range = { after: since.id, upTo: run.id };
  const volumes = await volumesOf(index, range);
  const expected = volumes.reduce((sum, { changes }) => sum + changes, 0);
  if (expected === 0) return { items: [], next: undefined };
  const windows = windowsOf(volumes, range, buckets);
  const read: Walk<Change>['read'] = async (stretch) => {
    const found = await changesIn(states, stretch, windows);
    return found.map(({ bucket, items }) => ({ bucket, items: items.filter(isWanted) }));
  };
  return readPage({ buckets, expected, place, read, idOf }, wish);
};

type Ends = { readonly kind: 'ends'; readonly run: Run; readonly since: Run } | Refusal;

const endsOf = async (index: Index, { run: name, since }: ChangesQuestion): Promise<Ends> => {
  const runs = createRunFinder(index);
  const found = await runs.readable(name);
  if (found.kind === 'refused') return found;
  const { run } = found;
  const before = await (since === undefined ? previousOf(index, run) : runs.readable(since, 'since: '));
  if (before.kind === 'refused') return before;
  if (before.run.id <= run.id) return { kind: 'ends', run, since: before.run };
  return refused(
    400,
    `since: ${before.run.id} is after ${run.id}; ask for /gateway/snapshots/${before.run.id}/changes?since=${run.id}`,
  );
};

const previousOf = async (index: Index, { id, previous }: Run): Promise<FoundRun> => {
  if (previous === undefined) {
    return refused(404, `${id} is the first run; there is none before it that it could be compared with`);
  }
  return createRunFinder(index).readable(previous, `since, which is the run before ${id}: `);
};

/** A run counts its changes since the run before it. */
const countOf = ({ previous, counts, id }: Run, since: Run, kinds: ReadonlySet<ChangeKind>): number | undefined => {
  if (since.id === id) return 0;
  if (since.id !== previous) return undefined;
  return [...kinds].reduce((sum, kind) => sum + counts.changes[kind], 0);
};
