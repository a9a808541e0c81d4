import * as fc from 'fast-check';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { law } from '../support/law.ts';
import { callsAt, now } from './support/ledgerRows.ts';
import { playedWorld, steps } from './support/worldOfRounds.ts';

/** All but 20 of the hour's calls, spread over it. */
const nearlySpent: Partial<LedgerRow> = {
  log: callsAt('interactive', ...Array.from({ length: 1480 }, (_, i) => now - 1 - (1480 - i) * 2400)),
};

const worlds: [string, string, Partial<LedgerRow>, number][] = [
  ['an unused quota', '20/6', {}, 80],
  ['one call a second', '1/1', {}, 80],
  ['two windows', '4/6,10/60', {}, 80],
  ['two windows with headroom in both', '12/6,30/60', {}, 80],
  ['an hour nearly spent', '100/60,1500/3600', nearlySpent, 8],
  ['a ledger that learns', '12/6,30/60', { learningSince: now }, 80],
];

describe('rounds of several processes, in any order and at any time', () => {
  it.each(worlds)('break no window, leave headroom and take nobody a slot: %s, %s', (_, limits, start, runs) => {
    law(
      fc.property(steps, (played) => {
        expect(playedWorld(limits, played, start)).toEqual([]);
      }),
      runs,
    );
  });
});
