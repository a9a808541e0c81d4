/** How the state of one machine was and became, newest first. */
import { bucketOf } from '../buckets.ts';
import type { Change } from '../change.ts';
import type { Run } from '../run.ts';
import { type RunId, startOf } from '../runId.ts';
import { floorOf } from './floor.ts';
import { beginning, isPruned, type Place, printPosition, readPosition } from './historyPlace.ts';
import { type HistoryRow, historyRow } from './historyRow.ts';
import { readMachineId } from './machineId.ts';
import { type Lives, type LivesParts, livesOf, rightBefore, type Search, type Version } from './machineLives.ts';
import type { PageWish } from './pager.ts';
import { lostPlace, type Refusal, refused } from './refusal.ts';
import { createRunFinder, type Index } from './runFinder.ts';

export interface HistoryQuestion {
  /** A machine's id; letters of any case. */
  readonly id: string;
  readonly position?: string | undefined;
  readonly top: number;
}

export interface HistoryPage {
  readonly kind: 'page';
  /** The last one whose states are stored: up to it the history goes. */
  readonly run: Run;
  readonly rows: readonly HistoryRow[];
  readonly next: string | undefined;
  /** When the oldest run began that is still kept, where what was before it is gone; else undefined. */
  readonly keptSince: string | undefined;
}

type Parts = LivesParts & { readonly index: Index };

/**
 * Costs four transactions, and one for each version. Of a machine that has vanished, or came back, about one more for each 4,000 changes in its
 * bucket since then. Where pruning begins meanwhile, it is walked again.
 */
export const readHistory = async (
  parts: Parts,
  { id: written, position, top }: HistoryQuestion,
  isOver: PageWish['isOver'],
): Promise<HistoryPage | Refusal> => {
  const read = readMachineId(written);
  if (read.kind === 'refused') return read;
  const place = position === undefined ? beginning : readPosition(position);
  if (place === undefined) return lostPlace();
  const latest = await createRunFinder(parts.index).named('latest');
  if (latest.kind === 'refused') return latest;
  const lives = livesOf(parts, bucketOf(read.id, parts.buckets), read.id);
  const { floor, page } = await walkedUnpruned(parts.index, { lives, latest: latest.run.id, top, isOver }, place);
  const isUnknown = page.rows.length === 0 && place === beginning && page.next === undefined;
  if (isUnknown) return refused(404, unknown(read.id, floor));
  return { kind: 'page', run: latest.run, ...page };
};

interface Walk extends PageWish {
  readonly lives: Lives;
  readonly floor: RunId | undefined;
  /** What a run after it did is passed over. */
  readonly latest: RunId;
}

type Walked = Pick<HistoryPage, 'rows' | 'next' | 'keptSince'>;

/** Pruning says first what it is about to remove: where it said so while this walked, what was not found may have been there. */
const walkedUnpruned = async (
  index: Index,
  walk: Omit<Walk, 'floor'>,
  place: Place,
): Promise<{ readonly floor: RunId | undefined; readonly page: Walked }> => {
  let floor = await floorOf(index);
  for (;;) {
    const page = await walked({ ...walk, floor }, place);
    const now = await floorOf(index);
    if (now === floor) return { floor, page };
    floor = now;
  }
};

const walked = async (walk: Walk, place: Place): Promise<Walked> => {
  const { lives, floor, latest, top, isOver } = walk;
  const rows: HistoryRow[] = [];
  const isFull = () => rows.length >= top || (rows.length > 0 && isOver());
  let { until } = place;
  // A place was given because something stood before it.
  let isCut = isPruned(place, floor);
  let found = await firstOf(walk, place);
  while (found.kind === 'found' && !isFull()) {
    const { version } = found;
    const isGone = floor !== undefined && version.since <= floor;
    const change = isGone ? undefined : await lives.changeOf(version.since);
    if (version.since <= latest) {
      rows.push(historyRow(version, change, until, latest));
      until = version.since;
    }
    isCut = isGone && version.kept?.appeared !== version.since;
    found = isGone ? nowhere : await versionBefore(walk, version.since, change);
  }
  const next = found.kind === 'nowhere' ? undefined : { until, upTo: found.kind === 'found' ? undefined : found.upTo };
  return {
    rows,
    next: next && printPosition(next),
    keptSince: isCut && floor !== undefined ? startOf(floor) : undefined,
  };
};

const nowhere: Search = { kind: 'nowhere' };

const firstOf = async (walk: Walk, { until, upTo }: Place): Promise<Search> => {
  const { lives, floor, isOver } = walk;
  if (upTo !== undefined) return lives.vanished(upTo, isOver);
  if (until === undefined) {
    const version = await lives.now();
    return version ? { kind: 'found', version } : lives.vanished(undefined, isOver);
  }
  return isPruned({ until, upTo }, floor) ? nowhere : versionBefore(walk, until, await lives.changeOf(until));
};

const versionBefore = async ({ lives, isOver }: Walk, since: RunId, change: Change | undefined): Promise<Search> => {
  // The first run of all writes no changes: before it there was nothing.
  if (!change) return nowhere;
  const { before } = change;
  if (!before) return lives.vanished(rightBefore(since), isOver);
  const version: Version = { since: before.since, kept: before };
  return { kind: 'found', version };
};

const unknown = (id: string, floor: RunId | undefined): string => {
  const kept = floor === undefined ? '' : `; what was before ${startOf(floor)} is no longer kept`;
  return `No run has seen a machine ${id}${kept}. Whose name or address is known, GET /gateway/machines/resolve finds`;
};
