import * as fc from 'fast-check';
import { mostInProperty, propertiesOfText, textOfProperties } from '../../src/storage/propertyText.ts';
import { law } from '../support/law.ts';

describe('a text in properties', () => {
  it('is one property up to 30,000 characters, and none for an empty text', () => {
    expect(propertiesOfText('')).toEqual({});
    expect(Object.keys(propertiesOfText('x'.repeat(mostInProperty)))).toEqual(['t0']);
    expect(Object.keys(propertiesOfText('x'.repeat(mostInProperty + 1)))).toEqual(['t0', 't1']);
  });

  it('comes back whole, in its order, from more than ten', () => {
    const text = Array.from({ length: 60_000 }, (_, i) => i).join(',');
    const properties = propertiesOfText(text);
    expect(Object.keys(properties).length).toBeGreaterThan(10);
    expect(textOfProperties({ ...properties, run: 'r' })).toBe(text);
  });

  it('is never cut within a character, and no piece is too long', () => {
    const unit = fc.constantFrom('a', '😀', 'ä');
    const long = fc
      .tuple(fc.string({ unit, maxLength: 20 }), fc.integer({ min: mostInProperty - 20, max: mostInProperty }))
      .map(([end, length]) => `${'x'.repeat(length)}${end}${'😀'.repeat(mostInProperty)}`);
    law(
      fc.property(long, (text) => {
        const properties = propertiesOfText(text);
        for (const piece of Object.values(properties)) {
          expect(() => encodeURIComponent(piece)).not.toThrow();
          expect(piece.length).toBeLessThanOrEqual(mostInProperty);
        }
        expect(textOfProperties(properties)).toBe(text);
      }),
      100,
    );
  });
});
