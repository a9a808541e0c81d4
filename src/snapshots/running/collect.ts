/** The first phase: every page goes from upstream into the staging table, and the run's row says how far it is after each. */
import { linesIn } from '../lines.ts';
import type { ListName, ListProgress } from '../run.ts';
import type { Page, Source } from '../source.ts';
import type { Journal } from './journal.ts';
import { isTooOld } from './outcome.ts';
import { done, outOfTime, type PhaseEnd, type RunParts, type Slice } from './parts.ts';

/** What one page is waited for at most, its turn in the quota included. */
const mostPageMs = 300_000;
/** Less than this is not enough for a page. */
const leastPageMs = 5_000;
type Parts = Pick<RunParts, 'staging' | 'sources' | 'clock' | 'log' | 'buckets'>;

export const collect = async (parts: Parts, journal: Journal, slice: Slice): Promise<PhaseEnd> => {
  for (;;) {
    const source = parts.sources.named(journal.run.source);
    const list = source.lists.find((name) => !progressOf(journal, name, parts.buckets).isDone);
    if (list === undefined) return done;
    const end = await collectPage(parts, journal, slice, source, list);
    if (end.kind !== 'done') return end;
  }
};

const collectPage = async (
  parts: Parts,
  journal: Journal,
  slice: Slice,
  source: Source,
  list: ListName,
): Promise<PhaseEnd> => {
  const { clock, buckets } = parts;
  if (slice.leftMs() < leastPageMs) return outOfTime;
  const waitMs = Math.min(mostPageMs, slice.leftMs());
  const { cursor } = progressOf(journal, list, buckets);
  const answer = await source.page(list, cursor, { waitMs, buckets, onSent: journal.called });
  switch (answer.kind) {
    case 'page':
      await keep(parts, journal, list, answer);
      return done;
    case 'notServed':
      return askInstead(parts, journal, answer);
    case 'refused':
      return { kind: 'failed', reason: `${source.name}, ${list}: ${answer.reason}` };
    case 'wait': {
      if (isTooOld(journal.run, clock.wall() + answer.seconds * 1000)) return { kind: 'failed', reason: answer.reason };
      await journal.save({ reason: answer.reason });
      if (answer.seconds * 1000 + leastPageMs > slice.leftMs()) return { kind: 'paused', reason: answer.reason };
      await clock.sleep(answer.seconds * 1000);
      return done;
    }
  }
};

const keep = async ({ staging, buckets }: Parts, journal: Journal, list: ListName, page: Page): Promise<void> => {
  const { run, lease } = journal;
  const before = progressOf(journal, list, buckets);
  await staging.put({ list, run: run.id, page: before.pages.length, epoch: lease.epoch }, page.rows);
  const progress: ListProgress = {
    cursor: page.next,
    isDone: page.next === undefined,
    pages: [...before.pages, lease.epoch],
    received: before.received + page.received,
    staged: before.staged.map((lines, bucket) => lines + linesIn(page.rows[bucket])),
    announced: most(before.announced, page.announced),
    slips: before.slips + (page.hasSlipped ? 1 : 0),
  };
  await journal.save({ lists: { ...run.lists, [list]: progress }, reason: undefined });
};

/** A run that has begun with the preview goes over to what is asked instead, from its start. */
const askInstead = async (
  { sources, log }: Parts,
  journal: Journal,
  { status, reason }: { readonly status: number; readonly reason: string },
): Promise<PhaseEnd> => {
  const instead = await sources.instead(status);
  if (!instead) return { kind: 'failed', reason };
  log.warn('The preview of security states is not served: they are composed from machines and antivirus instead', {
    status,
    run: journal.run.id,
  });
  await journal.save({ source: instead.name, lists: {} });
  return done;
};

const progressOf = ({ run }: Journal, list: ListName, buckets: number): ListProgress =>
  run.lists[list] ?? { isDone: false, pages: [], received: 0, staged: Array(buckets).fill(0), slips: 0 };

/** Where machines go while the list is read, it says fewer later; those that moved up meanwhile were not received. */
const most = (before: number | undefined, now: number | undefined): number | undefined =>
  before === undefined || now === undefined ? (before ?? now) : Math.max(before, now);
