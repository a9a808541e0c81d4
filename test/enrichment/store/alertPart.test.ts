import * as fc from 'fast-check';
import { partOf, usualParts } from '../../../src/enrichment/store/alertPart.ts';
import { law } from '../../support/law.ts';

describe('the part of an alert', () => {
  it('is one of those that there are', () => {
    law(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 64 }), (key, parts) => {
        const part = partOf(key, parts);
        expect(Number.isInteger(part) && part >= 0 && part < parts).toBe(true);
      }),
    );
  });

  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('follows FNV-1a: %j', (key, hash) => {
    expect(partOf(key, 2 ** 32)).toBe(hash);
  });

  it('stays where it was stored', () => {
    expect(partOf('636688558380765161_-2136280442', usualParts)).toBe(3);
    expect(partOf('b9b0dc7c-1d3c-4b3a-9d0f-6c2b1f3d9a11_1', usualParts)).toBe(0);
  });

  it('spreads alerts of one day', () => {
    const counts = new Array<number>(usualParts).fill(0);
    for (let i = 0; i < 3200; i += 1) {
      const part = partOf(`${636688558380765161n + BigInt(i) * 7_000_000n}_-${2136280442 - i}`, usualParts);
      counts[part] = (counts[part] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(140);
    expect(Math.max(...counts)).toBeLessThan(260);
  });
});
