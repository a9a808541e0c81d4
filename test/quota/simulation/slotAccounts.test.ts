import { createSlotAccounts } from '../../../bench/simulation/world/slotAccounts.ts';
import { timingFor } from '../../../src/quota/guard.ts';
import type { LedgerRow } from '../../../src/quota/ledgerRow.ts';
import { parseLimits } from '../../../src/quota/limits.ts';
import { emptyRow } from '../../../src/quota/newLedger.ts';
import { usualPolicy } from '../../../src/quota/policy.ts';

const limits = parseLimits('3/10');
const timing = timingFor(limits);

const row = (log: readonly number[], held: readonly number[]): LedgerRow => ({
  ...emptyRow({ limits, timing, policy: usualPolicy, newLedger: 'unused' }, 'one', 0),
  log: log.map((at) => ({ at, by: 'background' })),
  held: held.map((at) => ({ at, by: 'background', owner: 'us', number: at })),
});

describe('the accounts of slots', () => {
  it('tell slots that were given back from those whose time went by', () => {
    const accounts = createSlotAccounts();
    const versions = [row([], [1000, 2000]), row([1000], [2000]), row([1000], [])];
    for (const [i, version] of versions.entries()) accounts.written(versions[i - 1], version);
    expect([accounts.booked, accounts.released]).toEqual([2, 1]);
  });

  it('let a call leave on a slot of its process, from its instant on and not too late, once', () => {
    const accounts = createSlotAccounts();
    accounts.written(undefined, row([], [5000, 20_000]));
    expect([accounts.sent('them', 5000), accounts.sent('us', 4000)]).toEqual([false, false]);
    expect([accounts.sent('us', 5000 + timing.sendSlackMs), accounts.sent('us', 5010)]).toEqual([true, false]);
    expect(accounts.sent('us', 21_000)).toBe(false);
  });

  it('see a version with one call too many in a widened window', () => {
    const accounts = createSlotAccounts();
    accounts.written(undefined, row([1000, 1000, 9000], [10_999]));
    expect(accounts.crowded).toBe(1);
    accounts.written(undefined, row([1000, 1000, 9000], [12_000]));
    expect(accounts.crowded).toBe(1);
  });
});
