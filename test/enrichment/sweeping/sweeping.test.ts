import { createIntake } from '../../../src/enrichment/accepting/createIntake.ts';
import { alertKeyOf } from '../../../src/enrichment/alertId.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { createSweeping } from '../../../src/enrichment/sweeping/createSweeping.ts';
import { sweepOverdue } from '../../../src/enrichment/sweeping/sweepOverdue.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';
import { alertIdAt, referenceTo } from '../support/references.ts';

const minuteMs = 60_000;
const overdueMs = 15 * minuteMs;

const withAlert = async () => {
  const clock = fakeClock();
  const store = memoryAlertStore();
  await createIntake({ store, queue: memoryQueue(), clock }).accept([referenceTo(alertIdAt(1))]);
  const queue = memoryQueue();
  return { clock, store, queue, sweep: () => sweepOverdue({ store, queue, overdueMs, clock }) };
};

describe('sweeping alerts that are overdue', () => {
  it('sends nothing for one whose message may be under work', async () => {
    const { clock, queue, sweep } = await withAlert();
    await clock.advance(14 * minuteMs);
    expect(await sweep()).toBe(0);
    expect(queue.texts).toEqual([]);
  });

  it('sends one more message with the same ticket, and not another one the minute after', async () => {
    const { clock, store, queue, sweep } = await withAlert();
    await clock.advance(16 * minuteMs);
    expect(await sweep()).toBe(1);
    expect(queue.texts).toEqual([JSON.stringify({ alerts: [{ key: alertKeyOf(alertIdAt(1)), ticket: 1 }] })]);
    expect(store.records()).toMatchObject([{ ticket: 1, due: clock.wall() }]);
    await clock.advance(minuteMs);
    expect(await sweep()).toBe(0);
  });
});

describe('the sweep', () => {
  const clock = fakeClock();
  const store = { parts: 16, prune: async (part: number) => part };

  it('does all that it can, whatever fails, and says what failed', async () => {
    const log = recordedLog();
    const tasks = { astray: async () => Promise.reject(new Error('the queue is gone')), overdue: async () => 3 };
    const sweeping = createSweeping({ store: { ...store, prune: async () => 0 }, tasks, retentionMs: 1, clock, log });
    await expect(sweeping.sweep()).rejects.toThrow(/the queue is gone/);
    expect(log.lines).toEqual([{ level: 'info', message: 'Alerts were swept', overdue: 3 }]);
  });

  it('removes what is old from each part once an hour', async () => {
    const pruned: number[] = [];
    const prune = async (part: number) => pruned.push(part) * 0;
    const sweeping = createSweeping({
      store: { parts: 16, prune },
      tasks: {},
      retentionMs: 1,
      clock,
      log: recordedLog(),
    });
    for (let minute = 0; minute < 60; minute += 1) {
      await sweeping.sweep();
      await clock.advance(minuteMs);
    }
    expect(pruned.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, part) => part));
  });
});
