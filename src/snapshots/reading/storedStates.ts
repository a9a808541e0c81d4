/** The last snapshot for the live call, which answers from it where a fleet is too big to be joined while somebody waits. */
import { bucketOf } from '../buckets.ts';
import type { StoredPage, StoredStates } from '../live/storedStates.ts';
import { lastStored } from '../running/newRun.ts';
import { type Parts, pageOfFleet } from './machines.ts';
import { start } from './pager.ts';
import { createRunFinder, notTooOld } from './runFinder.ts';

export const storedStates = (parts: Parts): StoredStates => ({
  lastRun: () => lastStored(parts.index),
  async page(after, top) {
    const found = await createRunFinder(parts.index).readable(after?.run ?? 'latest');
    if (found.kind === 'refused') return undefined;
    const { run } = found;
    const place = after ? { bucket: bucketOf(after.id, parts.buckets), after: after.id } : start;
    const page = await pageOfFleet(parts, { run, place, isWanted: () => true }, { top, isOver: () => false });
    if ((await notTooOld(parts.index, run, '')).kind === 'refused') return undefined;
    const states = page.items.map(({ state }) => state);
    const last = states.at(-1);
    const next: StoredPage['next'] = page.next && last && { run: run.id, id: last.id };
    return { states, run, next };
  },
});
