/**
 * A page of the last snapshot, in place of a list that is too long to be joined while somebody waits: with its age and the reason, and not to
 * who wants a newer one.
 */
import type { Clock } from '../../clock.ts';
import type { Answering, Asking, Refused, StatesPage } from './asking.ts';
import { writePlace } from './place.ts';
import { startAgain } from './startAgain.ts';
import { statesBody } from './statesBody.ts';
import type { StoredPlace, StoredStates } from './storedStates.ts';

export interface SnapshotOptions {
  readonly stored: Pick<StoredStates, 'page'>;
  readonly clock: Pick<Clock, 'wall'>;
  /** Why it is needed. */
  readonly mostRows: number;
  readonly pageSize: number;
}

export const fromSnapshot = async (
  asking: Asking<Answering>,
  after: StoredPlace | undefined,
  { stored, clock, mostRows, pageSize }: SnapshotOptions,
): Promise<StatesPage | Refused> => {
  const page = await stored.page(after, pageSize);
  if (!page) return after ? startAgain : noSnapshot(mostRows);
  const { states, run, next } = page;
  const age = Math.max(0, (clock.wall() - Date.parse(run.startedAt)) / 1000);
  if (!asking.accepts(age, Number.POSITIVE_INFINITY)) return tooOld(mostRows, run.startedAt, age);
  const token = next && writePlace({ kind: 'stored', run: next.run, id: next.id });
  return {
    kind: 'states',
    body: statesBody(states, run.counts.machines, { here: asking.here, token }),
    kept: { age, freshFor: 0 },
    call: undefined,
    warning: `These states are those of the snapshot of ${run.startedAt}, ${Math.ceil(age)} s old. ${tooLong(mostRows)}`,
  };
};

const tooLong = (mostRows: number): string =>
  `The fleet is too big to be joined while you wait: it has about ${mostRows} reports of antivirus, or more.`;

const noSnapshot = (mostRows: number): Refused => ({
  kind: 'refused',
  status: 503,
  code: 'ServiceUnavailable',
  message:
    `${tooLong(mostRows)} So it is served from its last snapshot, and there is none yet. The timer snapshotSecurityStates takes one ` +
    '(SNAPSHOT_SCHEDULE); to have one now, POST {} to /admin/functions/snapshotSecurityStates with the master key, or run: npm run snapshot. ' +
    'GET /gateway/snapshots tells when it is there.',
  retryAfterSeconds: 300,
});

const tooOld = (mostRows: number, startedAt: string, age: number): Refused => ({
  kind: 'refused',
  status: 504,
  code: 'GatewayTimeout',
  message:
    `${tooLong(mostRows)} So it is served from its last snapshot. That is of ${startedAt}, ${Math.ceil(age)} s old, and Cache-Control asks for ` +
    `a newer one. Leave it out, or ask for max-age=${Math.ceil(age) + 60}.`,
});
