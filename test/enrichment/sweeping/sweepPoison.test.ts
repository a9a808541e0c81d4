import { createIntake } from '../../../src/enrichment/accepting/createIntake.ts';
import { alertKeyOf } from '../../../src/enrichment/alertId.ts';
import { createEnding } from '../../../src/enrichment/ending.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { sweepPoison } from '../../../src/enrichment/sweeping/sweepPoison.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { memoryQueueReader } from '../../../src/storage/memoryQueueReader.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';
import { alertIdAt, referenceTo } from '../support/references.ts';

/** Alerts whose one message was given up. */
const givenUp = async (count: number) => {
  const clock = fakeClock();
  const log = recordedLog();
  const store = memoryAlertStore();
  const poison = memoryQueueReader(clock);
  const ids = Array.from({ length: count }, (_, at) => alertIdAt(at));
  await createIntake({ store, queue: { send: async (text) => poison.put(text) }, clock }).accept(
    ids.map((id) => referenceTo(id)),
  );
  const queue = memoryQueue();
  const delivering = { sendAll: async () => {} };
  const end = createEnding({ store, delivering, channels: [], source: '/gateway', linkOf: (id) => id, clock });
  const options = { store, queue, poison, end, clock, log };
  return { ...options, options, keys: ids.map(alertKeyOf), sweep: () => sweepPoison(options) };
};

const message = (...alerts: readonly { key: string | undefined; ticket: number }[]) => JSON.stringify({ alerts });

describe('alerts whose message was given up', () => {
  it('go on with a message of their own, after which the old one means nothing', async () => {
    const { queue, store, poison, keys, sweep } = await givenUp(1);
    expect(await sweep()).toBe(1);
    const next = message({ key: keys[0], ticket: 2 });
    expect(queue.messages).toEqual([{ text: next, delaySeconds: 10 }]);
    expect(store.records()).toMatchObject([{ ticket: 2, strays: 1 }]);
    poison.put(message({ key: keys[0], ticket: 1 }));
    expect(await sweep()).toBe(1);
    expect(queue.texts).toEqual([next]);
  });

  it('are not counted again for another one that fails: its message comes back, for it alone', async () => {
    const { clock, options, store, queue, keys, sweep } = await givenUp(3);
    const read = async (key: string) => {
      if (key === keys[1]) throw new Error('a row of format 9');
      return store.read(key);
    };
    const faulty = { ...options, store: { ...store, read } };
    for (let round = 0; round < 6; round += 1) {
      await expect(sweepPoison(faulty)).rejects.toMatchObject({ errors: [new Error('a row of format 9')] });
      clock.stall(600_000);
    }
    expect(store.records().map(({ state, strays }) => [state, strays])).toEqual([
      ['waiting', 1],
      ['waiting', 0],
      ['waiting', 1],
    ]);
    expect(await sweep()).toBe(1);
    expect(queue.texts.map((text) => JSON.parse(text).alerts[0].key).sort()).toEqual([...keys].sort());
  });

  it('stay as they are where the queue does not take the new message', async () => {
    const { clock, options, store, sweep } = await givenUp(1);
    const before = store.records();
    const queue = { send: async () => Promise.reject(new Error('no queue today')) };
    await expect(sweepPoison({ ...options, queue })).rejects.toBeInstanceOf(AggregateError);
    expect(store.records()).toEqual(before);
    clock.stall(600_000);
    expect(await sweep()).toBe(1);
  });

  it('fail after five times', async () => {
    const { queue, store, poison, log, sweep } = await givenUp(1);
    for (let time = 0; time < 5; time += 1) {
      await sweep();
      poison.put(queue.texts.at(-1) ?? '');
    }
    expect(store.records()).toMatchObject([{ state: 'failed', strays: 5 }]);
    expect(queue.texts).toHaveLength(4);
    expect(log.lines).toMatchObject([{ level: 'error', alertId: alertIdAt(0) }]);
  });

  it('are not missed in what names none: it is logged, and removed', async () => {
    const { poison, log, sweep } = await givenUp(0);
    for (const text of ['no JSON', '{"alerts":7}']) poison.put(text);
    expect([await sweep(), await poison.length()]).toEqual([2, 0]);
    expect(log.lines).toMatchObject([{ text: 'no JSON' }, { text: '{"alerts":7}' }]);
  });
});
