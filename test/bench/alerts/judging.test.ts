import { callsOf } from '../../../bench/alerts/judging/calls.ts';
import { chosenPlaces, lookByEvent } from '../../../bench/alerts/judging/chosenPlaces.ts';
import { isGood, type Outcome } from '../../../bench/alerts/judging/isGood.ts';
import { type Look, lookAtAll } from '../../../bench/alerts/judging/looks.ts';
import { judge } from '../../../bench/alerts/judging/verdict.ts';
import { wantedOf } from '../../../bench/alerts/judging/wanted.ts';
import type { PlannedAlert } from '../../../bench/alerts/making/plannedAlert.ts';
import { createSeenEvents } from '../../../bench/alerts/results/seenEvents.ts';
import { fakeClock } from '../../support/fakeClock.ts';

const machine = 'a'.repeat(40);
const other = 'b'.repeat(40);
const alert: PlannedAlert = {
  id: 'da637472900382838869_1364969609',
  machineId: machine,
  raisedAt: '2021-01-26T20:33:57Z',
  product: 'defender',
  expected: { state: 'enriched', machineId: machine },
};
const good: Look = { state: 'enriched', eventId: 'e~1', machineIds: [machine], undelivered: 0 };

interface Told {
  readonly id?: string;
  readonly subject?: string;
  readonly alertstate?: string;
  readonly data?: object | undefined;
}

const dataOf = (...ids: readonly string[]) => ({ machines: ids.map((id) => ({ machine: { id } })) });
const message = (told: Told = {}) =>
  Buffer.from(
    JSON.stringify({ id: 'e~1', subject: alert.id, alertstate: 'enriched', data: dataOf(machine), ...told }),
  ).toString('base64');

const seen = (...messages: readonly string[]) => {
  const events = createSeenEvents();
  for (const [index, text] of messages.entries()) events.note(text, index);
  return events;
};

interface Case {
  readonly look?: Look | undefined;
  readonly messages?: readonly string[];
  readonly taken?: readonly number[];
  readonly alert?: Partial<PlannedAlert>;
}

const judged = (one: Case) => {
  const { look = good, messages = [message()], taken = [0], alert: unlike } = one;
  const events = seen(...messages);
  const looks = ['look' in one ? one.look : look];
  const alerts = [{ ...alert, ...unlike }];
  return judge({ alerts, taken: new Set(taken), looks, eventsOf: ({ id }) => events.ofAlert(id) });
};

describe('the verdict of a run', () => {
  it('finds nothing where an alert ended with its machine and was told of once', () => {
    expect(judged({})).toEqual({ final: 1, lost: 0, untaken: 0, wrong: 0, states: { enriched: 1 }, faults: [] });
  });

  it('takes the same event twice for no harm, whatever spelling it names the alert by', () => {
    const bare = message({ subject: alert.id.slice(2) });
    expect(judged({ messages: [bare, bare] })).toMatchObject({ final: 1, lost: 0, wrong: 0, faults: [] });
  });

  it.each<[string, Case, string]>([
    ['is not known', { look: undefined }, 'it was taken, and is not known'],
    ['waits still', { look: { ...good, state: 'waiting' } }, 'it is waiting still'],
    [
      'waits for something',
      { look: { ...good, state: 'waiting', waitsFor: '3 tries, next soon: no answer' } },
      'it is waiting still (3 tries, next soon: no answer)',
    ],
    ['ended, and nobody was told', { messages: [] }, 'it is enriched, and nobody was told'],
  ])('calls an alert lost that was taken and %s', (_, one, words) => {
    expect(judged(one)).toMatchObject({ lost: 1, final: 0, faults: [`${alert.id}: ${words}`] });
  });

  it('calls none lost that the gateway never took', () => {
    expect(judged({ taken: [], look: undefined, messages: [] })).toMatchObject({ lost: 0, untaken: 1, final: 0 });
  });

  it.each<[string, Case, string]>([
    ['has another machine', { look: { ...good, machineIds: [other] } }, `its machine is ${other}`],
    ['has a machine too many', { look: { ...good, machineIds: [machine, other] } }, 'its machine is'],
    ['ended in another state', { look: { ...good, state: 'noMachine', machineIds: [] } }, 'has to be enriched'],
    ['was told of with another machine', { messages: [message({ data: dataOf(other) })] }, 'was told to be'],
    ['was told to be something else', { messages: [message({ alertstate: 'failed' })] }, 'was told to be failed'],
    ['has another result than was told', { look: { ...good, eventId: 'e~2' } }, 'its result is e~2'],
  ])('finds it wrong when an alert %s', (_, one, words) => {
    const { wrong, lost, faults } = judged(one);
    expect({ wrong, lost }).toEqual({ wrong: 1, lost: 0 });
    expect(faults).toEqual([expect.stringContaining(words)]);
  });

  it('does not call it final when an alert ended twice', () => {
    const verdict = judged({ messages: [message(), message({ id: 'e~2' })] });
    expect(verdict).toMatchObject({ final: 0, lost: 0 });
    expect(verdict.faults).toEqual([expect.stringContaining('it ended 2 times')]);
  });

  it('finds it wrong that an alert failed which had to be something else, and counts it by its state', () => {
    const failed = { ...good, state: 'failed', machineIds: [] };
    const messages = [message({ alertstate: 'failed', data: dataOf() })];
    const verdict = judged({ look: failed, messages });
    expect(verdict).toMatchObject({ final: 1, wrong: 1, states: { failed: 1 } });
    expect(verdict.faults).toEqual([`${alert.id}: it is failed, and has to be enriched`]);
  });

  it('does not call it final while a result waits to be delivered, though it was told of', () => {
    expect(judged({ look: { ...good, undelivered: 1 } })).toMatchObject({
      final: 0,
      lost: 0,
      faults: [`${alert.id}: it is enriched, and 1 of its results wait to be delivered`],
    });
  });

  it('takes a claim for the event that it stands for', () => {
    expect(judged({ messages: [message({ data: undefined })] })).toMatchObject({ final: 1, wrong: 0 });
  });
});

describe('the events that were seen', () => {
  it('are counted once, and again', () => {
    const events = seen(message(), message({ id: 'f~1', subject: 'da637472900382838869_2' }), message(), message());
    expect([events.alerts(), events.duplicates(), events.lastNewAt()]).toEqual([2, 2, 1]);
    expect(events.ofAlert(alert.id)).toEqual([expect.objectContaining({ id: 'e~1', times: 3 })]);
    expect(events.faults()).toEqual([]);
  });

  it('may not change their words', () => {
    const events = seen(message(), message({ data: dataOf(other) }));
    expect(events.faults()).toEqual(['the event e~1 came with other words than before']);
  });

  it('are told from messages that are none', () => {
    const events = seen('{"id":"plain text"}', Buffer.from('{}').toString('base64'));
    expect(events.faults()).toHaveLength(2);
    expect(events.alerts()).toBe(0);
  });
});

describe('the calls of a run', () => {
  const limits = [
    { calls: 2, seconds: 1 },
    { calls: 3, seconds: 10 },
  ];
  const at = (route: string, ...instants: readonly number[]) => instants.map((instant) => ({ route, at: instant }));

  it('are counted for each route, whose windows are its own', () => {
    const arrivals = [...at('machine', 0, 100), ...at('listMachines', 150, 200, 1_150)];
    expect(callsOf(arrivals, limits)).toEqual({
      calls: 5,
      byRoute: { machine: 2, listMachines: 3 },
      violations: 0,
      fullest: ['2 of 2 in 1 s', '3 of 3 in 10 s'],
    });
  });

  it('break a limit when one arrives while its window is full', () => {
    expect(callsOf(at('machine', 0, 100, 999), limits)).toMatchObject({ violations: 1 });
    expect(callsOf(at('machine', 0, 100, 1_000, 2_000), limits)).toMatchObject({ violations: 1 });
    expect(callsOf(at('machine', 0, 100, 1_000, 10_000), limits)).toMatchObject({ violations: 0 });
  });
});

describe('a run', () => {
  const fine: Outcome = {
    alerts: 2,
    verdict: { final: 2, lost: 0, wrong: 0 },
    calls: { violations: 0 },
    eventFaults: [],
  };

  it('is good where all alerts ended as they have to', () => {
    expect(isGood(fine)).toBe(true);
  });

  it.each<[string, Partial<Outcome>]>([
    ['one did not end', { verdict: { final: 1, lost: 0, wrong: 0 } }],
    ['one is lost', { verdict: { final: 2, lost: 1, wrong: 0 } }],
    ['one is wrong', { verdict: { final: 2, lost: 0, wrong: 1 } }],
    ['a limit was broken', { calls: { violations: 1 } }],
    ['an event changed its words', { eventFaults: ['the event e~1 came with other words than before'] }],
  ])('is bad where %s', (_, unlike) => {
    expect(isGood({ ...fine, ...unlike })).toBe(false);
  });
});

describe('what is wanted of a run', () => {
  const storm = { alerts: 1_000, named: 1, chaos: false };
  const chaos = { alerts: 10_000, named: 0.9, chaos: true };
  const measured = (
    alerts: number,
    unlike: { lost?: number; final?: number; calls?: number; seconds?: number } = {},
  ) => {
    const { lost = 0, final = alerts, calls = 30, seconds = 60 } = unlike;
    return { verdict: { lost, final, states: { enriched: final } }, calls: { calls }, seconds };
  };
  const notMet = (...of: Parameters<typeof wantedOf>) =>
    wantedOf(...of).flatMap(({ what, isMet }) => (isMet ? [] : [what]));

  it('is told, with what was met', () => {
    expect(wantedOf(storm, measured(1_000, { calls: 31 }))).toEqual([
      { what: 'none lost', isMet: true },
      { what: 'at most 30 calls', isMet: false },
      { what: 'all enriched in at most 60 s', isMet: true },
    ]);
    expect(wantedOf(chaos, measured(10_000))).toEqual([
      { what: 'none lost', isMet: true },
      { what: 'each in one final state in less than 900 s', isMet: true },
    ]);
  });

  it('is met to the last, or not', () => {
    expect(notMet(storm, measured(1_000))).toEqual([]);
    expect(notMet(storm, measured(1_000, { seconds: 60.1 }))).toEqual(['all enriched in at most 60 s']);
    expect(notMet(storm, measured(1_000, { final: 999 }))).toEqual(['all enriched in at most 60 s']);
    expect(notMet(storm, measured(1_000, { lost: 1 }))).toEqual(['none lost']);
    expect(notMet(chaos, measured(10_000, { seconds: 900 }))).toHaveLength(1);
    expect(notMet(chaos, measured(10_000, { final: 9_999 }))).toHaveLength(1);
  });

  it('is less where a run is bigger, or must ask for each alert', () => {
    const far = { calls: 5_000, seconds: 5_000 };
    for (const run of [
      { ...storm, alerts: 1_001 },
      { ...storm, named: 0.9 },
      { ...chaos, alerts: 10_001 },
    ]) {
      expect(notMet(run, measured(run.alerts, far))).toEqual([]);
    }
  });
});

describe('a look at all alerts', () => {
  const plain = '637472900382838869';
  const looked = async (deliveries: readonly number[], until: number) => {
    const clock = fakeClock();
    const left = [...deliveries];
    const asked: string[] = [];
    const client = {
      async request(url: string) {
        asked.push(url.slice(url.lastIndexOf('/') + 1));
        const waiting = url.endsWith('_1') ? (left.shift() ?? 0) : 0;
        return {
          status: 200,
          headers: {},
          body: JSON.stringify({ state: 'enriched', deliveries: Array(waiting).fill({}) }),
        };
      },
    };
    const looking = lookAtAll(
      {
        alerts: [{ id: `da${plain}_1` }, { id: `da${plain}_2` }],
        urlOf: () => 'http://gateway',
        key: 'k',
        client,
        clock,
        signal: new AbortController().signal,
      },
      clock.monotonic() + until,
    );
    await clock.advance(60_000);
    return { undelivered: (await looking).map((look) => look?.undelivered), asked };
  };

  it('looks again only at what waits to be delivered, until it is', async () => {
    const { undelivered, asked } = await looked([2, 1, 0], 30_000);
    expect(undelivered).toEqual([0, 0]);
    expect(asked).toEqual([`da${plain}_1`, `${plain}_2`, `da${plain}_1`, `da${plain}_1`]);
  });

  it('takes it as it is when the time is over', async () => {
    expect((await looked([1, 1, 1, 1, 1, 1], 9_000)).undelivered).toEqual([1, 0]);
  });
});

describe('the alerts that are looked at in the end', () => {
  const told = seen(message());
  const eventsOf = ({ id }: { readonly id: string }) => told.ofAlert(id);
  const others = (count: number) => Array.from({ length: count }, (_, at) => ({ ...alert, id: `${at}` }));
  const asWanted = (count: number) => Array.from({ length: count }, () => alert);

  it('are all, where they are few', () => {
    expect(chosenPlaces({ alerts: asWanted(2000), eventsOf, waiting: [] })).toHaveLength(2000);
  });

  it('are each fifth of many, and whatever was not told of as it has to be', () => {
    const alerts = [...asWanted(2000), ...others(3), { ...alert, expected: { state: 'noMachine' } as const }];
    const places = chosenPlaces({ alerts, eventsOf, waiting: [] });
    expect(places).toHaveLength(400 + 4);
    expect(places.slice(-4)).toEqual([2000, 2001, 2002, 2003]);
  });

  it('are those, too, that wait still, in either spelling', () => {
    expect(chosenPlaces({ alerts: asWanted(2001), eventsOf, waiting: [alert.id.slice(2)] })).toHaveLength(2001);
  });

  it('are, where they are not looked at, what was told', () => {
    const [event] = told.ofAlert(alert.id);
    expect(event && lookByEvent(event)).toEqual(good);
  });
});
