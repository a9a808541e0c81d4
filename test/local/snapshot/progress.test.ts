import { progressOf } from '../../../src/local/snapshot/progress.ts';
import { runWith } from './support/runs.ts';

const list = { pages: 1, received: 500, isDone: false };

describe('how far a run is', () => {
  it('is nobody to know while lists come that tell no length', () => {
    expect(progressOf(runWith({ phase: 'collecting', lists: { machines: list } }))).toEqual({
      doing: 'collecting',
      share: undefined,
      counted: 'machines 1 page, 500 rows',
      waits: undefined,
    });
  });

  it('is known of lists that are through or tell their length', () => {
    const lists = { machines: { ...list, isDone: true }, antivirus: { ...list, announced: 1000 } };
    expect(progressOf(runWith({ phase: 'collecting', lists })).share).toBe(0.75);
  });

  it('is at most all, however wrong the length was', () => {
    const lists = { states: { ...list, announced: 100 } };
    expect(progressOf(runWith({ phase: 'collecting', lists })).share).toBe(1);
  });

  it('is counted in buckets while it is merged, and while it is told', () => {
    expect(progressOf(runWith({ phase: 'merging', merged: 16 }))).toMatchObject({
      doing: 'merging',
      share: 0.25,
      counted: '16 of 64 buckets, 1,200 machines',
    });
    expect(progressOf(runWith({ phase: 'telling', told: 48 }))).toMatchObject({
      doing: 'telling',
      share: 0.75,
      counted: '48 of 64 buckets, 1 message',
    });
  });

  it('says what it waits for', () => {
    expect(progressOf(runWith({ phase: 'collecting', reason: 'the quota is spent' })).waits).toBe('the quota is spent');
  });
});
