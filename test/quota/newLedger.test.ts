import { parseLimits } from '../../src/quota/limits.ts';
import { emptyRow, proposed } from '../../src/quota/newLedger.ts';
import { plan } from '../../src/quota/plan.ts';
import {
  burstAt,
  callsAt,
  demandOf,
  now,
  rowOf,
  settingsFor,
  slotsIn,
  usual,
  versionOf,
  wants,
} from './support/ledgerRows.ts';

describe('a new ledger', () => {
  it('learns where nobody knows what was called before, and does not where nothing was', () => {
    const learning = (newLedger: 'unused' | 'unknown') =>
      emptyRow(settingsFor(usual, { newLedger }), 'first', now).learningSince;
    expect(learning('unknown')).toBe(now);
    expect(learning('unused')).toBeUndefined();
  });
});

describe('a ledger under other settings', () => {
  it('is the very same row where they are in force already', () => {
    const row = rowOf(usual);
    expect(proposed(row, settingsFor(usual), now)).toBe(row);
  });

  it('takes limits, timing and policy over, and keeps its calls and slots', () => {
    const row = rowOf('20/6', { log: callsAt('interactive', now - 10) });
    const { timing } = settingsFor('12/6');
    const next = proposed(row, { ...settingsFor('12/6'), timing: { ...timing, spreadMs: 7 } }, now);
    expect(next).toEqual({ ...row, limits: parseLimits('12/6'), timing: { ...timing, spreadMs: 7 } });
  });

  it('counts a longer window, of which it does not know the beginning, as spent there', () => {
    const next = proposed(rowOf('20/6'), settingsFor('20/6,100/60'), now);
    expect(next.log).toEqual(burstAt('background', now - 6000, 100));
    const { outcomes } = plan(versionOf(next), demandOf({ wants: wants(1, 'interactive', now + 100_000) }));
    expect(slotsIn(outcomes)[0]?.at).toBeGreaterThanOrEqual(now - 6000 + 60_000);
  });

  it('does not invent calls where the longest window is no longer than before', () => {
    expect(proposed(rowOf('20/6,100/60'), settingsFor('30/6,80/30'), now).log).toEqual([]);
  });
});
