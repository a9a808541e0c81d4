import type { Told } from '../../../src/machines/told.ts';
import type { Asking } from '../../../src/snapshots/live/asking.ts';
import type { ListProgress } from '../../../src/snapshots/run.ts';
import { noCounts } from '../../../src/snapshots/run.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { askingOf, fleetOf, here, machine, report } from './support/fleet.ts';
import { collectionIn, runOf, statesOn, storedIn, tokenIn } from './support/states.ts';

const ids = Array.from({ length: 20 }, (_, i) => `m${String(i).padStart(2, '0')}`);
const big = () =>
  fleetOf(
    ids.map((id) => machine(id)),
    ids.map((id) => report(id)),
  );
const states: readonly SecurityState[] = ids.map((id) => ({
  id,
  build: 1,
  revision: 2,
  architecture: 'Amd64',
  osVersion: '10.0.1.2',
  propertiesRequireAttention: [],
}));

/** Half an hour after the run began. */
const clock = fakeClock();
const startedAt = new Date(clock.wall() - 1_800_000).toISOString();
const run = runOf({ startedAt, counts: { ...noCounts, machines: 20 } });
const progress: ListProgress = { isDone: true, pages: [], staged: [], received: 18, slips: 0 };

const composing = (stored = storedIn(run, states), fleet = big()) => {
  const live = statesOn(clock, { stored });
  return {
    fleet,
    compose: (more: Partial<Asking<Told>> = {}) =>
      live.compose(askingOf(fleet, clock, { accepts: () => true, ...more })),
  };
};

describe('a fleet that is too big to be joined', () => {
  it('is served from the last snapshot, with its age and why', async () => {
    const outcome = await composing().compose();
    expect(outcome).toMatchObject({ kind: 'states', kept: { age: 1800, freshFor: 0 }, call: undefined });
    expect(outcome).toMatchObject({
      warning: expect.stringContaining(`the snapshot of ${startedAt}, 1800 s old. The fleet is too big`),
    });
    const page = collectionIn(outcome);
    expect(page['@odata.count']).toBe(20);
    expect(page.value).toEqual(states.slice(0, 6));
    expect(page['@odata.nextLink']?.startsWith(`${here}?$skiptoken=`)).toBe(true);
  });

  it('is walked through along the links, without a call', async () => {
    const { fleet, compose } = composing();
    const given: string[] = [];
    for (let token: string | undefined, first = true; first || token; first = false) {
      const page = collectionIn(await compose({ token }));
      given.push(...page.value.map(({ id }) => id));
      token = tokenIn(page);
    }
    expect(given).toEqual(ids);
    expect(fleet.asked.filter((path) => path.startsWith('/api/deviceavinfo'))).toHaveLength(3);
  });

  it('is not tried again for an hour, and not at all where the last run counted its reports', async () => {
    const { fleet, compose } = composing();
    await compose();
    const { length } = fleet.asked;
    await compose();
    expect(fleet.asked).toHaveLength(length);
    const known = composing(storedIn({ ...run, lists: { antivirus: progress } }, states));
    await known.compose();
    expect(known.fleet.asked).toEqual([]);
  });

  it('is told to come back where there is no snapshot, and how to start one', async () => {
    expect(await composing(storedIn(undefined)).compose()).toMatchObject({
      kind: 'refused',
      status: 503,
      retryAfterSeconds: 300,
      message: expect.stringMatching(/snapshotSecurityStates.*npm run snapshot/),
    });
  });

  it('is not served old states where the caller wants newer ones', async () => {
    expect(await composing().compose({ accepts: (age) => age < 60 })).toMatchObject({
      kind: 'refused',
      status: 504,
      message: expect.stringContaining('max-age=1860'),
    });
  });

  it('has to be started again where it grew too big in the middle of a walk', async () => {
    const small = fleetOf(big().machines, []);
    const live = statesOn(clock, { stored: storedIn(run, states), antivirusLifetime: 0 });
    const first = collectionIn(await live.compose(askingOf(small, clock)));
    small.antivirus = big().antivirus;
    expect(await live.compose(askingOf(small, clock, { token: tokenIn(first) }))).toMatchObject({ status: 400 });
  });

  it('has to be started again where the run of a walk was pruned', async () => {
    const first = collectionIn(await composing().compose());
    const newer = storedIn({ ...run, id: '20261119T110000Z' }, states);
    expect(await composing(newer).compose({ token: tokenIn(first) })).toMatchObject({ status: 400 });
  });
});
