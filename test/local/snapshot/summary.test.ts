import { summaryLines } from '../../../src/local/snapshot/summary.ts';
import { plain } from '../../../src/local/stack/command/paint.ts';
import { runWith } from './support/runs.ts';

describe('the summary of a run', () => {
  it('tells machines, changes, attention, calls, transactions, messages and time', () => {
    expect(summaryLines(runWith(), plain)).toEqual([
      'complete  20261121T190000Z',
      '  machines   1,200 seen, 1,201 kept, 1 of them missed',
      '  changes    5 resolved, 2 appeared, 1 vanished',
      '  attention  70 machines: 60 RealtimeProtection, 20 AntivirusNotReporting',
      '  calls      3 calls to Defender, source composed',
      '  storage    95 transactions, and 12 transactions of staging',
      '  told       1 message in the queue security-state-changes',
      '  took       2.3 s of work',
    ]);
  });

  it('says why a run is not complete', () => {
    const [line] = summaryLines(runWith({ state: 'incomplete', reason: '9 of 10 machines were received' }), plain);
    expect(line).toBe('incomplete: 9 of 10 machines were received  20261121T190000Z');
  });

  it('says that nothing changed, and that nothing requires attention', () => {
    const { counts } = runWith();
    const none = { appeared: 0, vanished: 0, newlyRequiresAttention: 0, resolved: 0, changed: 0 };
    const quiet = { ...counts, missed: 0, changes: none, requireAttention: 0, attention: {} };
    expect(summaryLines(runWith({ counts: quiet }), plain).slice(1, 4)).toEqual([
      '  machines   1,200 seen, 1,201 kept',
      '  changes    none',
      '  attention  0 machines',
    ]);
  });
});
