import type { Told } from '../../../../src/machines/told.ts';
import type { Outcome } from '../../../../src/snapshots/live/asking.ts';
import { createLiveStates, type LiveStatesOptions } from '../../../../src/snapshots/live/liveStates.ts';
import type { StoredPage, StoredPlace, StoredStates } from '../../../../src/snapshots/live/storedStates.ts';
import { noCost, noCounts, type Run } from '../../../../src/snapshots/run.ts';
import type { SecurityState } from '../../../../src/snapshots/securityState.ts';
import type { FakeClock } from '../../../support/fakeClock.ts';
import { quietLog } from '../../../support/quietLog.ts';
import { overlap, pageSize } from './fleet.ts';

/** A run that is stored. */
export const runOf = (more: Partial<Run> = {}): Run => ({
  id: '20261118T110000Z',
  startedAt: '2026-11-18T11:00:00Z',
  source: 'composed',
  phase: 'finished',
  outcome: 'complete',
  sourceChanged: false,
  lists: {},
  merged: 64,
  told: 64,
  counts: noCounts,
  cost: noCost,
  overdue: 0,
  ...more,
});

/** A snapshot in memory: states of one run. */
export const storedIn = (run: Run | undefined, states: readonly SecurityState[] = []): StoredStates => ({
  lastRun: async () => run,
  page: async (after, top) =>
    run && (!after || after.run === run.id) ? pageAfter(run, states, after, top) : undefined,
});

const pageAfter = (
  run: Run,
  states: readonly SecurityState[],
  after: StoredPlace | undefined,
  top: number,
): StoredPage => {
  const left = states.filter(({ id }) => after === undefined || id > after.id);
  const given = left.slice(0, top);
  const last = given.at(-1);
  return { states: given, run, next: left.length > given.length && last ? { run: run.id, id: last.id } : undefined };
};

export const statesOn = (clock: FakeClock, more: Partial<LiveStatesOptions> = {}) =>
  createLiveStates({
    sources: { choose: async () => ({ name: 'composed' }), instead: async () => undefined },
    stored: storedIn(undefined),
    staleDays: 7,
    antivirusLifetime: 300,
    clock,
    log: quietLog,
    pageSize,
    overlap,
    ...more,
  });

export interface Collection {
  readonly '@odata.context': string;
  readonly '@odata.count': number;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly SecurityState[];
}

/** The collection that was composed. */
export const collectionIn = (outcome: Outcome<Told>): Collection => {
  if (outcome.kind !== 'states') throw new Error(`no states: ${JSON.stringify(outcome)}`);
  return JSON.parse(new TextDecoder().decode(outcome.body));
};

/** The token that a page's link leads on with. */
export const tokenIn = (collection: Collection): string | undefined =>
  new URL(collection['@odata.nextLink'] ?? 'https://none.example').searchParams.get('$skiptoken') ?? undefined;
