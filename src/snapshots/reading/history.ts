/** How the state of one machine was and became, newest first. */
import { bucketOf } from '../buckets.ts';
import type { Change } from '../change.ts';
import type { Run } from '../run.ts';
import { type RunId, startOf } from '../runId.ts';
import { floorOf } from './floor.ts';
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
 * Costs two transactions, and one for each version. Of a machine that has vanished, or came back, about one more for each 4,000 changes in its
 * bucket since then.
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
  const floor = await floorOf(parts.index);
  const walk = await walked({ lives, floor, latest: latest.run.id, top, isOver }, place);
  const isUnknown = walk.rows.length === 0 && place === beginning && walk.next === undefined;
  if (isUnknown) return refused(404, unknown(read.id, floor));
  return { kind: 'page', run: latest.run, ...walk };
};

interface Place {
  /** The run since which the last version holds that was given. */
  readonly until: RunId | undefined;
  /** Where else to look for the machine: in the changes of this run and earlier ones. */
  readonly upTo: RunId | undefined;
}

const beginning: Place = { until: undefined, upTo: undefined };

const readPosition = (text: string): Place | undefined => {
  const [, until, upTo] = /^(\w*)\|(\w*)$/.exec(text) ?? [];
  return until || upTo ? { until: until || undefined, upTo: upTo || undefined } : undefined;
};

const printPosition = ({ until = '', upTo = '' }: Place): string => `${until}|${upTo}`;

interface Walk extends PageWish {
  readonly lives: Lives;
  readonly floor: RunId | undefined;
  /** What a run after it did is passed over. */
  readonly latest: RunId;
}

const walked = async (walk: Walk, place: Place): Promise<Pick<HistoryPage, 'rows' | 'next' | 'keptSince'>> => {
  const { lives, floor, latest, top } = walk;
  const rows: HistoryRow[] = [];
  let { until } = place;
  let isCut = false;
  let found = await firstOf(walk, place);
  while (found.kind === 'found' && rows.length < top) {
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
  return floor !== undefined && until <= floor ? nowhere : versionBefore(walk, until, await lives.changeOf(until));
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
