import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { createSweeping, type SweepTask } from '../../../src/enrichment/sweeping/createSweeping.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';

const sweepingOf = (tasks: Readonly<Record<string, SweepTask>>) => {
  const clock = fakeClock();
  const log = recordedLog();
  return { clock, log, sweeping: createSweeping({ store: memoryAlertStore(), tasks, retentionMs: 1, clock, log }) };
};

describe('the sweep', () => {
  it('does all that it can, whatever fails, and says what failed and why', async () => {
    const { log, sweeping } = sweepingOf({
      astray: async () => Promise.reject(new Error('no answer', { cause: new Error('the queue is gone') })),
      overdue: async () => 3,
    });
    await expect(sweeping.sweep()).rejects.toThrow(
      'alerts were not wholly swept: astray, because no answer, because the queue is gone',
    );
    expect(log.lines).toEqual([{ level: 'info', message: 'Alerts were swept', overdue: 3 }]);
  });

  it('has no part of the work wait for another', async () => {
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { log, sweeping } = sweepingOf({
      astray: () => slow.then(() => 1),
      async overdue() {
        finish();
        return 2;
      },
    });
    await sweeping.sweep();
    expect(log.lines).toMatchObject([{ astray: 1, overdue: 2 }]);
  });

  it('tells its parts when four minutes are over', async () => {
    const told: boolean[] = [];
    const { clock, sweeping } = sweepingOf({
      async astray(isOver) {
        for (const seconds of [0, 240, 1]) {
          clock.stall(seconds * 1000);
          told.push(isOver());
        }
        return 0;
      },
    });
    await sweeping.sweep();
    expect(told).toEqual([false, false, true]);
  });
});
