import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { settle } from '../../src/quota/settle.ts';
import { burstAt, callsAt, now, promised, rowOf, slotsAt, usual, versionOf, widened } from './support/ledgerRows.ts';

const settled = (row: LedgerRow, stampedAt: number) => settle(versionOf(row, stampedAt), 'me', []);

describe('what a ledger still says at the time of its writing', () => {
  it('keeps a call until it is older than the longest widened window, by the time of the store alone', () => {
    const log = callsAt('background', now);
    const longest = widened(rowOf(usual)).at(-1) ?? 0;
    expect(settled(rowOf(usual, { log }), now + longest).log).toEqual(log);
    expect(settled(rowOf(usual, { log }), now + longest + 1).log).toEqual([]);
  });

  it('takes a slot that can no longer be sent for a call that was made, at its instant', () => {
    const row = rowOf(usual, {
      held: slotsAt('other', 'enrichment', now, now + 1),
      log: callsAt('interactive', now + 50),
    });
    const after = settled(row, now + row.timing.sendSlackMs + 1);
    expect(after.held.map(({ at }) => at)).toEqual([now + 1]);
    expect(after.log).toEqual([...callsAt('enrichment', now), ...callsAt('interactive', now + 50)]);
  });

  it('drops slots that their owner gave back, late ones as well, and nobody else’s', () => {
    const held = [...slotsAt('me', 'interactive', now - 5000, now), ...slotsAt('other', 'interactive', now, now)];
    const row = rowOf(usual, { held: held.sort((a, b) => a.at - b.at) });
    const after = settle(versionOf(row), 'me', [1, 2]);
    expect(after.held.map(({ owner }) => owner)).toEqual(['other', 'other']);
    expect(after.log).toEqual([]);
  });

  it('keeps what refused callers were told for two seconds after it', () => {
    const row = rowOf(usual, { told: [promised(now, 'interactive')] });
    expect(settled(row, now + 2000).told).toHaveLength(1);
    expect(settled(row, now + 2001).told).toEqual([]);
  });

  it('takes three in four calls of others that leave to be made again now, until none is left', () => {
    let row = rowOf('20/6', { log: [...burstAt('foreign', now, 8), ...burstAt('interactive', now, 3)] });
    const counts = Array.from({ length: 12 }, (_, i) => {
      row = settled(row, now + (i + 1) * 7000);
      expect(row.log).toEqual(burstAt('foreign', now + (i + 1) * 7000, row.log.length));
      return row.log.length;
    });
    expect(counts).toEqual([6, 4, 3, 2, 2, 1, 1, 1, 1, 0, 0, 0]);
  });

  it('takes as many to be made again if they leave one by one as if they leave together', () => {
    let row = rowOf('20/6', { log: callsAt('foreign', ...Array.from({ length: 8 }, (_, i) => now + i * 100)) });
    const [window = 0] = widened(row);
    for (let i = 0; i < 8; i++) row = settled(row, now + i * 100 + window + 1);
    expect(row.log).toHaveLength(6);
  });

  it('forgets a block that nobody probed for a longest window', () => {
    const row = rowOf('20/6', { block: { until: now, seconds: 4 } });
    expect(settled(row, now + 5999).block).toBeDefined();
    expect(settled(row, now + 6000).block).toBeUndefined();
  });

  it('has learnt enough when a longest widened window has gone by', () => {
    const row = rowOf('20/6', { learningSince: now });
    const [window = 0] = widened(row);
    expect(settled(row, now + window).learningSince).toBe(now);
    expect(settled(row, now + window + 1).learningSince).toBeUndefined();
  });
});
