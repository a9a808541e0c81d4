import { isForbidden } from '../../src/quota/forbidden.ts';
import type { HeldSlot } from '../../src/quota/ledgerRow.ts';
import { now, rowOf } from './support/ledgerRows.ts';

const slot = (at: number, number: number, owner = 'me'): HeldSlot => ({ at, number, owner, by: 'interactive' });
const held = [slot(now, 1), slot(now + 2000, 2), slot(now + 60_000, 3), slot(now, 9, 'other')];

describe('what a ledger forbids to send', () => {
  it('is nothing of what it holds', () => {
    expect(held.slice(0, 3).filter(isForbidden(rowOf('20/6', { held }), 'me'))).toEqual([]);
  });

  it('is what it does not hold, also where another process has a slot of that number', () => {
    expect(isForbidden(rowOf('20/6', { held }), 'me')(slot(now, 9))).toBe(true);
  });

  it('is, in the time of a block, all but the probe', () => {
    const block = { until: now + 1000, seconds: 1, probe: slot(now + 2000, 2) };
    const isOut = isForbidden(rowOf('20/6', { held, block }), 'me');
    expect(held.slice(0, 3).map(isOut)).toEqual([true, false, false]);
  });
});
