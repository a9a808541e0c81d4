import { createIntake } from '../../../src/enrichment/accepting/createIntake.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { sweepRaw } from '../../../src/enrichment/sweeping/sweepRaw.ts';
import { bytesOfMessage } from '../../../src/functions/events/rawMessage.ts';
import { takeKept } from '../../../src/functions/events/takeAlerts.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { memoryQueueReader } from '../../../src/storage/memoryQueueReader.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';
import { alertIdAt } from '../support/references.ts';

const bodyOf = (index: number) => JSON.stringify({ alertId: alertIdAt(index) });

const keptRaw = (...texts: readonly string[]) => {
  const clock = fakeClock();
  const log = recordedLog();
  const store = memoryAlertStore();
  const poison = memoryQueueReader(clock);
  for (const text of texts) poison.put(text);
  const intake = createIntake({ store, queue: memoryQueue(), clock });
  const services = { intake, rules: { clientStates: [] }, keep: async () => 'kept', clock, log };
  const take = (text: string) => takeKept(bytesOfMessage(text, text), 'alerts-in-poison', services);
  return { clock, log, store, intake, poison, sweep: () => sweepRaw({ poison, take }) };
};

describe('alerts as they came, whose messages were given up', () => {
  it('are taken as they stand in the queue, plain or base64, and their messages removed', async () => {
    const { store, poison, sweep } = keptRaw(bodyOf(1), btoa(bodyOf(2)));
    expect([await sweep(), await poison.length()]).toEqual([2, 0]);
    expect(store.records().map(({ alertId }) => alertId)).toEqual([alertIdAt(1), alertIdAt(2)]);
  });

  it('stay for people where they can not be read, which the log tells four times an hour', async () => {
    const { clock, log, store, poison, sweep } = keptRaw('hello!', bodyOf(1));
    for (let minute = 0; minute < 60; minute += 1) {
      await sweep();
      await clock.advance(60_000);
    }
    expect(store.records()).toHaveLength(1);
    expect(await poison.length()).toBe(1);
    expect(log.lines.filter(({ bytes }) => bytes === 'hello!'.length)).toHaveLength(4);
  });

  it('stay where storage does not take them, keep no other waiting, and are taken later', async () => {
    const { clock, store, intake, poison, sweep } = keptRaw(bodyOf(1), bodyOf(2), bodyOf(3));
    const accept = intake.accept;
    const failing: typeof accept = async (references) => {
      if (references.some(({ alertId }) => alertId === alertIdAt(1))) throw new Error('no tables today');
      return accept(references);
    };
    Object.assign(intake, { accept: failing });
    await expect(sweep()).rejects.toMatchObject({ errors: [new Error('no tables today')] });
    expect([store.records().length, await poison.length()]).toEqual([2, 1]);
    Object.assign(intake, { accept });
    await clock.advance(900_000);
    expect([await sweep(), await poison.length()]).toEqual([1, 0]);
  });
});
