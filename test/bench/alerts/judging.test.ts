import { callsOf } from '../../../bench/alerts/judging/calls.ts';
import type { Look } from '../../../bench/alerts/judging/looks.ts';
import { judge } from '../../../bench/alerts/judging/verdict.ts';
import type { PlannedAlert } from '../../../bench/alerts/making/plannedAlert.ts';
import { createSeenEvents } from '../../../bench/alerts/results/seenEvents.ts';

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

  it('counts what failed as final, and by its state', () => {
    const failed = { ...good, state: 'failed', machineIds: [] };
    const messages = [message({ alertstate: 'failed', data: dataOf() })];
    expect(judged({ look: failed, messages })).toMatchObject({ final: 1, wrong: 0, states: { failed: 1 } });
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
