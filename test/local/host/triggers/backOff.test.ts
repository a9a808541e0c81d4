import * as fc from 'fast-check';
import { backOff } from '../../../../src/local/host/triggers/backOff.ts';
import { law } from '../../../support/law.ts';

const middle = () => 0.5;

describe('a back-off', () => {
  it('starts with the least wait and doubles what it adds', () => {
    const waits = backOff(100, 1_000, middle);
    expect([1, 2, 3, 4, 5, 6].map(() => waits.next(false))).toEqual([100, 200, 300, 500, 900, 1_000]);
  });

  it('starts anew after a success', () => {
    const waits = backOff(100, 60_000, middle);
    for (let turn = 0; turn < 8; turn++) waits.next(false);
    expect([waits.next(true), waits.next(false), waits.next(false)]).toEqual([100, 200, 300]);
  });

  it('never leaves its bounds', () => {
    const turns = fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })));
    law(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(60_000), turns, (least, more, steps) => {
        let drawn = 0;
        const waits = backOff(least, least + more, () => drawn);
        for (const [succeeded, random] of steps) {
          drawn = random;
          const wait = waits.next(succeeded);
          expect(wait).toBeGreaterThanOrEqual(least);
          expect(wait).toBeLessThanOrEqual(least + more);
        }
      }),
    );
  });
});
