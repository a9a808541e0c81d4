import { createLastRun } from '../../../src/snapshots/live/lastRun.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { quietLog } from '../../support/quietLog.ts';
import { runOf } from './support/states.ts';

describe('the last run', () => {
  it('is read once a minute, however often it is asked for', async () => {
    const clock = fakeClock();
    let reads = 0;
    const stored = { lastRun: async () => runOf({ overdue: ++reads }) };
    const lastRun = createLastRun(stored, clock, quietLog);
    const both = await Promise.all([lastRun(), lastRun()]);
    await clock.advance(59_999);
    expect([...both, await lastRun()].map((run) => run?.overdue)).toEqual([1, 1, 1]);
    await clock.advance(1);
    expect((await lastRun())?.overdue).toBe(2);
  });

  it('is none where it can’t be read', async () => {
    const out = async () => {
      throw new Error('the table does not answer');
    };
    expect(await createLastRun({ lastRun: out }, fakeClock(), quietLog)()).toBeUndefined();
  });
});
