import { createIntake } from '../../../src/enrichment/accepting/createIntake.ts';
import { alertKeyOf } from '../../../src/enrichment/alertId.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { sweepOverdue } from '../../../src/enrichment/sweeping/sweepOverdue.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { alertIdAt, referenceTo } from '../support/references.ts';

const minuteMs = 60_000;
const overdueMs = 15 * minuteMs;

/** Alerts that were just taken, whose messages are lost. */
const withAlerts = async (count = 1) => {
  const clock = fakeClock();
  const store = memoryAlertStore();
  const ids = Array.from({ length: count }, (_, at) => alertIdAt(at));
  await createIntake({ store, queue: memoryQueue(), clock }).accept(ids.map((id) => referenceTo(id)));
  const queue = memoryQueue();
  const options = { store, queue, overdueMs, clock };
  return { ...options, options, keys: ids.map(alertKeyOf), sweep: () => sweepOverdue(options) };
};

const keysIn = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text): readonly string[] => JSON.parse(text).alerts.map(({ key }: { key: string }) => key)).sort();

describe('sweeping alerts that are overdue', () => {
  it('sends nothing for one whose message may be under work', async () => {
    const { clock, queue, sweep } = await withAlerts();
    await clock.advance(14 * minuteMs);
    expect(await sweep()).toBe(0);
    expect(queue.texts).toEqual([]);
  });

  it('sends one more message with the same ticket, and not another one the minute after', async () => {
    const { clock, store, queue, keys, sweep } = await withAlerts();
    await clock.advance(16 * minuteMs);
    expect(await sweep()).toBe(1);
    expect(queue.texts).toEqual([JSON.stringify({ alerts: [{ key: keys[0], ticket: 1 }] })]);
    expect(store.records()).toMatchObject([{ ticket: 1, due: clock.wall() }]);
    await clock.advance(minuteMs);
    expect(await sweep()).toBe(0);
  });

  it('sends thirty to a message', async () => {
    const { clock, queue, keys, sweep } = await withAlerts(61);
    await clock.advance(16 * minuteMs);
    expect(await sweep()).toBe(61);
    expect(queue.texts.map((text) => JSON.parse(text).alerts.length).sort()).toEqual([1, 30, 30]);
    expect(keysIn(queue.texts)).toEqual([...keys].sort());
  });

  it.each(['read', 'save'] as const)(
    'sends for all others where one record fails its %s, and tells of it',
    async (verb) => {
      const { clock, store, queue, options, keys } = await withAlerts(40);
      await clock.advance(16 * minuteMs);
      const bad = keys[7];
      const failing = async (given: string | { readonly key: string }) => {
        if ((typeof given === 'string' ? given : given.key) === bad) throw new Error('a row of format 9');
      };
      const faulty = {
        ...store,
        read: (key: string) => (verb === 'read' ? failing(key) : Promise.resolve()).then(() => store.read(key)),
        save: (...given: Parameters<typeof store.save>) =>
          (verb === 'save' ? failing(given[0]) : Promise.resolve()).then(() => store.save(...given)),
      };
      await expect(sweepOverdue({ ...options, store: faulty })).rejects.toMatchObject({
        errors: [new Error('a row of format 9')],
      });
      expect(keysIn(queue.texts)).toEqual(keys.filter((key) => verb === 'save' || key !== bad).sort());
      const left = store.records().filter(({ due }) => due < clock.wall());
      expect(left.map(({ key }) => key)).toEqual([bad]);
    },
  );

  it('leaves as they are, for the next sweep, those whose message the queue does not take', async () => {
    const { clock, store, options, sweep } = await withAlerts(31);
    await clock.advance(16 * minuteMs);
    const before = store.records();
    const queue = { send: async () => Promise.reject(new Error('no queue today')) };
    await expect(sweepOverdue({ ...options, queue })).rejects.toBeInstanceOf(AggregateError);
    expect(store.records()).toEqual(before);
    expect(await sweep()).toBe(31);
  });

  it('begins nothing more once its time is over', async () => {
    const { clock, queue, options } = await withAlerts(31);
    await clock.advance(16 * minuteMs);
    expect(await sweepOverdue({ ...options, isOver: () => true })).toBe(0);
    expect(queue.texts).toEqual([]);
  });
});
