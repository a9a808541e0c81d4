import { freshForMs } from '../../src/quota/freshness.ts';
import { callsAt, now, rowOf, usual } from './support/ledgerRows.ts';

describe('how old a view of the ledger may be for a call', () => {
  it('is as old as background books ahead', () => {
    expect(freshForMs(rowOf(usual))).toBe(21_000);
    expect(freshForMs(rowOf('20/6'))).toBeLessThan(6000);
  });

  it('is a third of that while others draw on the quota, or Defender asked for a pause', () => {
    expect(freshForMs(rowOf(usual, { log: callsAt('foreign', now) }))).toBe(7000);
    expect(freshForMs(rowOf(usual, { block: { until: now, seconds: 5 } }))).toBe(7000);
    expect(freshForMs(rowOf(usual, { log: callsAt('interactive', now) }))).toBe(21_000);
  });
});
