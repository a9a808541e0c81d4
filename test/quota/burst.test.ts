import * as fc from 'fast-check';
import { largestBurst, rememberedBurst } from '../../src/quota/burst.ts';
import { law } from '../support/law.ts';
import { burstAt, callsAt, now, rowOf, usual } from './support/ledgerRows.ts';

const dayMs = 24 * 3_600_000;

describe('the largest burst', () => {
  it('is of interactive calls within one shortest window, in the middle of an hour, too', () => {
    const log = [
      ...burstAt('interactive', now - 400_000, 3),
      ...burstAt('background', now - 200_000, 9),
      ...burstAt('interactive', now - 200_000, 4),
      ...callsAt('interactive', now - 140_001, now - 140_000),
      ...burstAt('interactive', now, 2),
    ];
    expect(largestBurst(rowOf(usual, { log }))).toBe(5);
    expect(largestBurst(rowOf(usual))).toBe(0);
  });

  it('agrees with counting from every call', () => {
    const log = fc.array(
      fc.tuple(fc.nat({ max: 30_000 }), fc.constantFrom('interactive' as const, 'foreign' as const)),
    );
    law(
      fc.property(log, (drawn) => {
        const calls = drawn.map(([at, by]) => ({ at, by })).sort((a, b) => a.at - b.at);
        const ours = calls.filter(({ by }) => by === 'interactive').map(({ at }) => at);
        const counts = ours.map((from) => ours.filter((at) => at >= from && at < from + 6000).length);
        expect(largestBurst(rowOf('20/6', { log: calls }))).toBe(Math.max(0, ...counts));
      }),
      500,
    );
  });
});

describe('the burst that is remembered', () => {
  const seen = (calls: number, agoMs: number, logged: number) =>
    rememberedBurst(
      rowOf(usual, { burst: { calls, seenAt: now - agoMs }, log: burstAt('interactive', now - 1000, logged) }),
      now,
    );

  it('is the largest of the last day', () => {
    expect(seen(7, dayMs, 6)).toEqual({ calls: 7, seenAt: now - dayMs });
    expect(seen(7, 0, 8)).toEqual({ calls: 8, seenAt: now });
  });

  it('gives way to a smaller one after a day', () => {
    expect(seen(7, dayMs + 1, 2)).toEqual({ calls: 2, seenAt: now });
  });

  it('is remembered for another day when one of the same size comes', () => {
    expect(seen(7, dayMs - 1, 7)).toEqual({ calls: 7, seenAt: now });
  });

  it('is of 24 longest windows where the longest is not an hour', () => {
    const row = (agoMs: number) => rowOf('20/6', { burst: { calls: 5, seenAt: now - agoMs } });
    expect(rememberedBurst(row(24 * 6000), now).calls).toBe(5);
    expect(rememberedBurst(row(24 * 6000 + 1), now).calls).toBe(0);
  });
});
