import { progressOf } from '../../../src/local/snapshot/progress.ts';
import type { WatchedRun } from '../../../src/local/snapshot/watchedRun.ts';
import { progressWith, runWith } from './support/runs.ts';

const list = { pages: 1, received: 500, announced: null, isDone: false };
const collecting = (lists: NonNullable<WatchedRun['progress']>['lists']) =>
  progressOf(runWith({ state: 'collecting', progress: progressWith({ lists }) }));

describe('how far a run is', () => {
  it('is nobody to know while lists come that tell no length', () => {
    expect(collecting({ machines: list })).toEqual({
      doing: 'collecting',
      share: undefined,
      counted: 'machines 1 page, 500 rows',
      remark: undefined,
    });
  });

  it('is known of lists that are through or tell their length', () => {
    const lists = { machines: { ...list, isDone: true }, antivirus: { ...list, announced: 1000 } };
    expect(collecting(lists)?.share).toBe(0.75);
  });

  it('is at most all, however wrong the length was', () => {
    expect(collecting({ states: { ...list, announced: 100 } })?.share).toBe(1);
  });

  it('is counted in buckets while it is merged, and while it is told', () => {
    expect(progressOf(runWith({ state: 'merging', progress: progressWith({ merged: 16 }) }))).toMatchObject({
      doing: 'merging',
      share: 0.25,
      counted: '16 of 64 buckets, 1,200 machines',
    });
    expect(progressOf(runWith({ state: 'telling', progress: progressWith({ told: 48 }) }))).toMatchObject({
      doing: 'telling',
      share: 0.75,
      counted: '48 of 64 buckets, 1 message',
    });
  });

  it('is not told where nothing has come yet, nor of a run that is over', () => {
    expect(collecting({})).toMatchObject({ share: undefined, counted: 'no page yet' });
    expect(progressOf(runWith())).toBeUndefined();
  });

  it('says what it waits for', () => {
    const waiting = runWith({ state: 'collecting', progress: progressWith(), reason: 'the quota is spent' });
    expect(progressOf(waiting)?.remark).toBe('the quota is spent');
  });
});
