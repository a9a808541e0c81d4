import { parseLimits } from '../../src/quota/limits.ts';
import { rulesFor, usualPolicy } from '../../src/quota/policy.ts';
import { aheadOf, evict, isInLine, join, leave, usualDistanceMs } from '../../src/quota/turns.ts';
import { burstAt, now, rowOf, usual } from './support/ledgerRows.ts';

const line = [
  { owner: 'a', by: 'background' },
  { owner: 'b', by: 'enrichment' },
  { owner: 'c', by: 'background' },
] as const;

describe('the line', () => {
  it('counts those of the class alone who stand before a process, and all where it does not stand in line', () => {
    expect([aheadOf(line, 'a', 'background'), aheadOf(line, 'c', 'background')]).toEqual([0, 1]);
    expect([aheadOf(line, 'b', 'enrichment'), aheadOf(line, 'b', 'background')]).toEqual([0, 2]);
  });

  it('is joined at its end, once', () => {
    expect(join(line, 'b', 'background')).toEqual([...line, { owner: 'b', by: 'background' }]);
    expect(join(line, 'a', 'background')).toBe(line);
  });

  it('holds 64 at most', () => {
    const full = Array.from({ length: 64 }, (_, i) => ({ owner: `p${i}`, by: 'background' as const }));
    expect(join(full, 'new', 'background')).toBe(full);
  });

  it('is left for one class, and is the same to one who was not in it', () => {
    const both = join(line, 'a', 'enrichment');
    expect(leave(both, 'a', 'background').filter(({ owner }) => owner === 'a')).toEqual([
      { owner: 'a', by: 'enrichment' },
    ]);
    expect(leave(line, 'b', 'background')).toBe(line);
    expect(isInLine(leave(line, 'c', 'background'), 'c', 'background')).toBe(false);
  });

  it('loses its first where that one missed its turn, and not who evicts', () => {
    expect(evict(line, 'c', 'background', 1)).toEqual(line.slice(1));
    expect(evict(line, 'a', 'background', 1)).toBe(line);
    expect(evict([], 'a', 'background', 1)).toEqual([]);
  });

  it('loses as many as missed their turn, but nobody behind who evicts', () => {
    expect(evict(line, 'd', 'background', 2)).toEqual([line[1]]);
    expect(evict(line, 'c', 'background', 5)).toEqual(line.slice(1));
  });
});

describe('the usual distance between calls of a class', () => {
  const distance = (others: number, limits = usual) => {
    const row = rowOf(limits, { log: burstAt('interactive', now, others) });
    return usualDistanceMs(row, 'background', rulesFor(usualPolicy.background, parseLimits(limits), 0));
  };

  it('is what the others leave of the longest window, less its headroom', () => {
    expect(distance(0)).toBe(Math.ceil(3_600_000 / 1490));
    expect(distance(745)).toBe(Math.ceil(3_600_000 / 745));
  });

  it('is no longer than the class is guaranteed', () => {
    expect(distance(1490)).toBe(24_000);
    expect(distance(1600)).toBe(24_000);
  });
});
