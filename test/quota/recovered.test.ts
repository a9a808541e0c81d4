import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { isSetBack, recovered } from '../../src/quota/recovered.ts';
import { burstAt, callsAt, now, rowOf, slotsAt, usual } from './support/ledgerRows.ts';

const written = (seq: number, ...writers: readonly string[]) => rowOf(usual, { seq, writers });

describe('a ledger that was set back', () => {
  const known = written(5, 'a.1', 'b.1', 'a.2');

  it('is one that is gone, has another epoch, or has been written less often', () => {
    expect(isSetBack(known, undefined)).toBe(true);
    expect(isSetBack(known, { ...known, epoch: 'second' })).toBe(true);
    expect(isSetBack(known, written(4, 'a.1', 'b.1'))).toBe(true);
    expect(isSetBack(known, written(2))).toBe(true);
  });

  it('is not one that others wrote on', () => {
    expect(isSetBack(known, known)).toBe(false);
    expect(isSetBack(known, written(7, 'b.1', 'a.2', 'b.2', 'b.3'))).toBe(false);
  });

  it('is one that was set back and has been written on since, as its writers tell', () => {
    expect(isSetBack(known, written(5, 'a.1', 'b.1', 'b.2'))).toBe(true);
    expect(isSetBack(known, written(7, 'b.1', 'b.2', 'b.3', 'b.4'))).toBe(true);
  });

  it('cannot be told from one that others wrote on more often than it remembers', () => {
    expect(isSetBack(known, written(9, 'b.8', 'b.9'))).toBe(false);
  });
});

describe('what comes of a ledger that was lost', () => {
  const known = rowOf(usual, {
    seq: 9,
    log: callsAt('interactive', now - 50, now - 40),
    held: [...slotsAt('me', 'interactive', now - 10, now + 5000), ...slotsAt('other', 'background', now + 6000)],
  });

  it('is all that was known of it, in a new epoch, learning since now', () => {
    const { epoch, learningSince, log, held } = recovered(known, undefined, now, 'second');
    expect([epoch, learningSince]).toEqual(['second', now]);
    expect(log).toEqual(known.log);
    expect(held).toEqual(known.held);
  });

  it('is every call and slot of either where it was set back, those that both know once', () => {
    const found = rowOf(usual, {
      seq: 3,
      log: callsAt('interactive', now - 50, now - 45),
      held: [...slotsAt('other', 'background', now + 6000), ...slotsAt('third', 'enrichment', now + 5500)],
    });
    const { log, held, epoch } = recovered(known, found, now, 'second');
    expect(log.map(({ at }) => now - at)).toEqual([50, 45, 40]);
    expect(held.map(({ at, owner }) => [at - now, owner])).toEqual([
      [-10, 'me'],
      [5000, 'me'],
      [5500, 'third'],
      [6000, 'other'],
    ]);
    expect(epoch).toBe('second');
  });

  it('keeps calls of one instant as often as the list that has more of them', () => {
    const at = (count: number): LedgerRow => rowOf(usual, { log: burstAt('background', now - 9, count) });
    expect(recovered(at(3), at(2), now, 'x').log).toHaveLength(3);
    expect(recovered(at(2), at(3), now, 'x').log).toHaveLength(3);
  });

  it('keeps the epoch that others began, and their learning; adds calls, and drops own slots to come that it lacks', () => {
    const begun = rowOf(usual, {
      epoch: 'second',
      learningSince: now - 1000,
      held: slotsAt('third', 'enrichment', now + 1),
    });
    const { epoch, learningSince, log, held } = recovered(known, begun, now, 'third');
    expect([epoch, learningSince]).toEqual(['second', now - 1000]);
    expect(log.map(({ at }) => now - at)).toEqual([50, 40, 10]);
    expect(held.map(({ owner }) => owner)).toEqual(['third']);
  });

  it('has as calls what falls due while it is written: others have begun it, and it may be sent meanwhile', () => {
    const soon = { ...known, held: slotsAt('me', 'interactive', now + 2000, now + 3001) };
    const begun = rowOf(usual, { epoch: 'second' });
    const { log, held } = recovered(soon, begun, now, 'third');
    expect(log.map(({ at }) => at - now)).toEqual([-50, -40, 2000]);
    expect(held).toEqual([]);
  });

  it('is no longer set back to whoever made it', () => {
    const next = { ...recovered(known, undefined, now, 'second'), writers: ['me.9'] };
    expect(isSetBack(next, next)).toBe(false);
    expect(isSetBack(known, next)).toBe(true);
  });
});
