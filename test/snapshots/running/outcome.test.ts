import { isTooOld, outcomeOf } from '../../../src/snapshots/running/outcome.ts';
import type { PhaseEnd } from '../../../src/snapshots/running/parts.ts';
import { runWith } from '../support/runs.ts';

const done: PhaseEnd = { kind: 'done' };
const failed: PhaseEnd = { kind: 'failed', reason: 'Defender answered 400' };

describe('the outcome of a run', () => {
  it('is complete where each machine that was received is stored, those that came twice once', () => {
    const run = runWith({ counts: { received: 12, duplicates: 2, stored: 10 } });
    expect(outcomeOf(run, done)).toEqual({ outcome: 'complete', reason: undefined });
  });

  it('is complete where there was nothing', () => {
    expect(outcomeOf(runWith(), done)).toEqual({ outcome: 'complete', reason: undefined });
  });

  it.each([
    ['less', { received: 12, duplicates: 2, stored: 9 }],
    ['more', { received: 12, duplicates: 2, stored: 11 }],
    ['as much, duplicates and all,', { received: 12, duplicates: 2, stored: 12 }],
  ])('is incomplete where %s is stored than was received, with the numbers', (_, counts) => {
    const reason = `12 machines were received, 2 of them twice, but ${counts.stored} are stored`;
    expect(outcomeOf(runWith({ counts }), done)).toEqual({ outcome: 'incomplete', reason });
  });

  it('is incomplete where there was a doubt, whatever the numbers say', () => {
    const doubt = '9 of 10 machines were received';
    for (const stored of [9, 8]) {
      const run = runWith({ doubt, counts: { received: 9, stored } });
      expect(outcomeOf(run, done)).toEqual({ outcome: 'incomplete', reason: doubt });
    }
  });

  it('does not tell the reason for which the run waited before', () => {
    const run = runWith({ reason: 'the quota is spent', counts: { received: 1, stored: 1 } });
    expect({ ...run, ...outcomeOf(run, done) }.reason).toBeUndefined();
  });

  it('is failed, for the reason given, where it could not collect: nothing of it is stored', () => {
    const run = runWith({ phase: 'collecting', doubt: 'a doubt', counts: { received: 3 } });
    expect(outcomeOf(run, failed)).toEqual({ outcome: 'failed', reason: 'Defender answered 400' });
  });

  it.each(['merging', 'telling'] as const)('is incomplete where it failed while %s: some of it is stored', (phase) => {
    const run = runWith({ phase, doubt: 'a doubt' });
    expect(outcomeOf(run, failed)).toEqual({ outcome: 'incomplete', reason: 'Defender answered 400' });
  });
});

describe('a run', () => {
  it('is too old when it began more than a day ago', () => {
    const run = runWith({ startedAt: '2026-11-21T19:00:00Z' });
    const dayLater = Date.UTC(2026, 10, 22, 19);
    expect([dayLater, dayLater + 1].map((at) => isTooOld(run, at))).toEqual([false, true]);
  });
});
