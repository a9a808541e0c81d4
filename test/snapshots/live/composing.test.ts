import * as fc from 'fast-check';
import type { Told } from '../../../src/machines/told.ts';
import type { Asking } from '../../../src/snapshots/live/asking.ts';
import type { LiveStates } from '../../../src/snapshots/live/liveStates.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { askingOf, type Fleet, fleetOf, here, json, machine, type Row, report } from './support/fleet.ts';
import { type Collection, collectionIn, statesOn, tokenIn } from './support/states.ts';

const clock = fakeClock();
const machines = (count: number): readonly Row[] => Array.from({ length: count }, (_, i) => machine(`m${i}`));

const pageWith = async (states: LiveStates, fleet: Fleet, more: Partial<Asking<Told>> = {}) =>
  collectionIn(await states.compose(askingOf(fleet, clock, more)));

/** All pages of a walk along its links. */
const walk = async (states: LiveStates, fleet: Fleet): Promise<readonly Collection[]> => {
  const pages = [await pageWith(states, fleet)];
  for (let token = tokenIn(pages[0] as Collection); token; token = tokenIn(pages.at(-1) as Collection)) {
    pages.push(await pageWith(states, fleet, { token }));
  }
  return pages;
};

describe('composed states', () => {
  it('have the documented shape, in its order', async () => {
    const impaired = machine('a', { healthStatus: 'ImpairedCommunication' });
    const outcome = await statesOn(clock).compose(askingOf(fleetOf([impaired], [report('a')]), clock));
    expect(outcome).toMatchObject({ kind: 'states', warning: undefined, call: { name: 'deviceAntivirus' } });
    expect(JSON.stringify(collectionIn(outcome))).toBe(
      JSON.stringify({
        '@odata.context': '$metadata#MachineSecurityStates',
        '@odata.count': 1,
        value: [
          {
            id: 'a',
            build: 19044,
            revision: 1865,
            architecture: 'Amd64',
            osVersion: '10.0.19044.1865',
            propertiesRequireAttention: ['EdrImpairedCommunications'],
          },
        ],
      }),
    );
  });

  it('are those of every machine, each once and with its own report, whatever the pages', async () => {
    const fleets = fc.uniqueArray(fc.record({ id: fc.nat(999), hasReport: fc.boolean() }), {
      selector: ({ id }) => id,
      maxLength: 40,
    });
    const law = fc.asyncProperty(fleets, async (fleet) => {
      const rows = fleet.map(({ id }) => machine(`m${id}`));
      const reports = fleet.filter(({ hasReport }) => hasReport).map(({ id }) => report(`m${id}`));
      const pages = await walk(statesOn(clock, { mostPages: 20 }), fleetOf(rows, reports.toReversed()));
      const states = pages.flatMap(({ value }) => value);
      expect(states.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      expect(states.map(({ osVersion }) => osVersion !== null)).toEqual(fleet.map(({ hasReport }) => hasReport));
      expect(pages.at(-1)?.['@odata.count']).toBe(fleet.length);
    });
    await fc.assert(law, { numRuns: 100 });
  });

  it('are asked for with one look at antivirus for a whole walk', async () => {
    const fleet = fleetOf(machines(16), [report('m0')]);
    const pages = await walk(statesOn(clock), fleet);
    expect(pages.map(({ value }) => value.length)).toEqual([6, 4, 4, 2]);
    expect(fleet.asked.filter((path) => path.startsWith('/api/deviceavinfo'))).toHaveLength(1);
    expect(pages[0]?.['@odata.nextLink']?.startsWith(`${here}?$skiptoken=`)).toBe(true);
  });

  it('miss no machine where others go between two pages', async () => {
    const fleet = fleetOf(machines(12), []);
    const states = statesOn(clock);
    const first = await pageWith(states, fleet);
    fleet.machines = fleet.machines.slice(1);
    const second = await pageWith(states, fleet, { token: tokenIn(first) ?? '' });
    expect(second.value.map(({ id }) => id)).toEqual(['m6', 'm7', 'm8', 'm9', 'm10']);
  });

  it('say how sure their count is', async () => {
    const asking = askingOf(fleetOf(machines(7), []), clock);
    const outcome = await statesOn(clock).compose(asking);
    expect(collectionIn(outcome)['@odata.count']).toBe(7);
    expect(outcome).toMatchObject({ warning: expect.stringContaining('the least there can be') });
  });

  it('are none where there are no machines', async () => {
    const { value, '@odata.count': count } = await pageWith(statesOn(clock), fleetOf([], []));
    expect([value, count]).toEqual([[], 0]);
  });

  it('leave out rows that do not say which machine they are', async () => {
    const { value } = await pageWith(statesOn(clock), fleetOf([machine('a'), { osBuild: 1 }], []));
    expect(value.map(({ id }) => id)).toEqual(['a']);
  });

  it('warn of machines that may have come twice, and of reports that may be missing', async () => {
    const fleet = fleetOf(
      machines(8),
      machines(8).map(({ id }) => report(`${id}`)),
    );
    const states = statesOn(clock, { antivirusLifetime: 0 });
    const first = await pageWith(states, fleet);
    fleet.machines = machines(60).slice(40);
    fleet.onAsked = () => {
      if (fleet.asked.filter((path) => path.includes('deviceavinfo')).length === 3) fleet.antivirus = [];
    };
    const next = await states.compose(askingOf(fleet, clock, { token: tokenIn(first) ?? '' }));
    expect(next).toMatchObject({ warning: expect.stringContaining('Too many machines came or went') });
  });
});

describe('composed states that can’t be had', () => {
  const throttled = (seconds: number) =>
    ({ kind: 'throttled', retryAfterSeconds: seconds, message: `Wait ${seconds} s.` }) as const;
  const composeWithout = async (instead: Readonly<Record<string, Parameters<Fleet['instead']['set']>[1]>>) => {
    const fleet = fleetOf(machines(1), []);
    for (const [name, answer] of Object.entries(instead)) fleet.instead.set(name, answer);
    return statesOn(clock).compose(askingOf(fleet, clock));
  };

  it.each(['listMachines', 'deviceAntivirus'])('are what was said of %s, and whose quota it is', async (name) => {
    const outcome = await composeWithout({ [name]: throttled(40) });
    expect(outcome).toMatchObject({ kind: 'unheard', call: { name }, told: { answer: throttled(40) } });
  });

  it('ask for the longer of two waits', async () => {
    const outcome = await composeWithout({ listMachines: throttled(10), deviceAntivirus: throttled(40) });
    expect(outcome).toMatchObject({ call: { name: 'deviceAntivirus' } });
    const other = await composeWithout({ listMachines: throttled(50), deviceAntivirus: throttled(40) });
    expect(other).toMatchObject({ call: { name: 'listMachines' } });
  });

  it('are Defender’s own refusal, with the path it is of', async () => {
    const outcome = await composeWithout({ deviceAntivirus: json({ error: { code: 'Forbidden' } }, 403) });
    expect(outcome).toMatchObject({
      told: { answer: { status: 403, warning: expect.stringContaining('/api/deviceavinfo') } },
    });
  });

  it('are not taken for a path that is not there, where one list is not', async () => {
    const outcome = await composeWithout({ deviceAntivirus: json({}, 404) });
    expect(outcome).toMatchObject({
      told: { answer: { kind: 'unreachable', reason: expect.stringContaining('404 for /api/deviceavinfo') } },
    });
  });

  it('are unreadable where a row is', async () => {
    const broken = { ...json({}), body: new TextEncoder().encode('{"value":[{"id":}]}') } as ReturnType<typeof json>;
    const outcome = await composeWithout({ listMachines: broken });
    expect(outcome).toMatchObject({ told: { answer: { kind: 'unreachable' } } });
  });

  it.each([
    'c3RhdGVzOjEwMDA',
    'eyJnYXRld2F5Ijox',
    'eyJnYXRld2F5IjoxLCJhdCI6eyJraW5kIjoibWFjaGluZXMiLCJuZXh0IjoiYWJjIiwiZ2l2ZW4iOjB9fQ',
  ])('are a matter of starting again where the token leads nowhere: %s', async (token) => {
    const outcome = await statesOn(clock).compose(askingOf(fleetOf(machines(1), []), clock, { token }));
    expect(outcome).toMatchObject({ kind: 'refused', status: 400, message: expect.stringContaining('Start again') });
  });
});
