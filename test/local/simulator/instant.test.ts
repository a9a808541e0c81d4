import * as fc from 'fast-check';
import { instant } from '../../../src/local/simulator/fleet/instant.ts';

const latest = Date.parse('2100-01-01T00:00:00Z');

describe('an instant as Defender writes it', () => {
  it('is the one that Date knows, whatever the day', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 0, max: latest }), fc.integer({ min: 0, max: 9_999 }), (milliseconds, ticks) => {
        const text = instant(milliseconds, ticks);
        expect(Date.parse(text)).toBe(milliseconds);
        expect(text.slice(0, 19)).toBe(new Date(milliseconds).toISOString().slice(0, 19));
        expect(text).toMatch(/^[\d-]{10}T[\d:]{8}(\.\d{0,6}[1-9])?Z$/);
      }),
    );
  });

  it.each([
    ['2024-02-29T23:59:59Z', 0, '2024-02-29T23:59:59Z'],
    ['2026-03-01T00:00:00Z', 1, '2026-03-01T00:00:00.0000001Z'],
    ['2000-12-31T12:00:00.120Z', 3400, '2000-12-31T12:00:00.12034Z'],
    ['1970-01-01T00:00:00.100Z', 0, '1970-01-01T00:00:00.1Z'],
  ])('of %s and %i ticks is %s', (text, ticks, written) => {
    expect(instant(Date.parse(text), ticks)).toBe(written);
  });
});
