import * as fc from 'fast-check';
import { firstInstant } from '../../../src/enrichment/formats/instants.ts';
import { law } from '../../support/law.ts';

describe('an instant of an event', () => {
  it.each([
    ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00Z'],
    ['2026-11-21 10:00:00.1234567', '2026-11-21T10:00:00.1234567Z'],
    ['2026-11-21T10:00:00.123456789+0100', '2026-11-21T10:00:00.123456789+0100'],
  ])('is kept with its decimals: %s', (written, kept) => {
    expect(firstInstant([written])).toBe(kept);
  });

  it('is none with more than nine decimals', () => {
    expect(firstInstant(['2026-11-21T10:00:00.1234567890Z'])).toBeUndefined();
    expect(firstInstant([`2026-11-21T10:00:00.${'1'.repeat(40_000)}Z`, '2026-11-21'])).toBeUndefined();
  });

  it('has 35 characters at most', () => {
    const digits = fc.nat().map((number) => '7'.repeat(number % 60_000));
    const zone = fc.constantFrom('', 'Z', ' +01:00', '-1130');
    law(
      fc.property(digits, zone, fc.string(), (decimals, behind, any) => {
        const instant = firstInstant([any, `2026-11-21T10:00:00.${decimals}${behind}`]);
        expect((instant ?? '').length).toBeLessThanOrEqual(35);
      }),
    );
  });
});
