import * as fc from 'fast-check';
import { stretchesAtOnce, stretchesOf } from '../../../src/snapshots/running/stretches.ts';
import { law } from '../../support/law.ts';

const buckets = fc.constantFrom(1, 2, 4, 16, 64, 256);
const machines = fc.oneof(fc.nat(50_000), fc.nat(3_000_000));

describe('stretches of buckets', () => {
  it('are one at a time where a million machines are in 64 buckets, and a bucket each', () => {
    expect(stretchesAtOnce(64, 1_000_000)).toBe(1);
    expect(stretchesOf(0, 64, 1_000_000)).toHaveLength(64);
  });

  it.each([0, 1, 10_000, 100_000])('are four at a time where there are %i machines', (fleet) => {
    expect(stretchesAtOnce(64, fleet)).toBe(4);
  });

  it('are two or three at a time between', () => {
    expect([300_000, 400_000].map((fleet) => stretchesAtOnce(64, fleet))).toEqual([3, 2]);
  });

  it('hold no more than 16,000 machines at a time, but where a bucket alone does', () => {
    law(
      fc.property(buckets, machines, (count, fleet) => {
        const [first] = stretchesOf(0, count, fleet);
        const inStretch = ((first?.to ?? 0) * fleet) / count;
        const atOnce = stretchesAtOnce(count, fleet);
        expect(atOnce === 1 || inStretch * atOnce <= 16_000).toBe(true);
        expect(first?.to === 1 || inStretch <= 4_000).toBe(true);
      }),
    );
  });

  it('are what is left from a bucket on, each bucket once and in order', () => {
    law(
      fc.property(buckets, machines, fc.nat(), (count, fleet, some) => {
        const from = some % (count + 1);
        const ends = stretchesOf(from, count, fleet).flatMap(({ from, to }) => [from, to]);
        const joined = [from, ...ends, count];
        for (let at = 0; at < joined.length; at += 2) expect(joined[at]).toBe(joined[at + 1]);
        expect(stretchesOf(from, count, fleet).every((stretch) => stretch.from < stretch.to)).toBe(true);
      }),
    );
  });
});
