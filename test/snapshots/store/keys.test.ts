import * as fc from 'fast-check';
import { lastFence } from '../../../src/snapshots/stateStore.ts';
import { fenceKey, fenceOfKey } from '../../../src/snapshots/store/fenceKeys.ts';
import { keyOf, partitionKeyOf, quoted, textOfKey } from '../../../src/storage/keys.ts';
import { law } from '../../support/law.ts';

const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
const nearText = fc.string({ unit: fc.constantFrom(...'/09:@AZ[`az{~!_\u0000\u007f\ud83d') });
const text = fc.oneof(anyText, nearText);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('a key', () => {
  it('is a hexadecimal id as it stands', () => {
    expect(keyOf('1e5bc9d7e413ddd7902c2932e418702b84d0cc07')).toBe('1e5bc9d7e413ddd7902c2932e418702b84d0cc07');
  });

  it('holds nothing that the table service refuses', () => {
    law(fc.property(text, (some) => expect(keyOf(some)).toMatch(/^[0-9A-Za-z!:_~]*$/)));
  });

  it('gives the text back', () => {
    law(fc.property(text, (some) => expect(textOfKey(keyOf(some))).toBe(some)));
  });

  it('sorts as the text does', () => {
    law(fc.property(text, text, (a, b) => expect(order(keyOf(a), keyOf(b))).toBe(order(a, b))));
  });
});

describe('the key of a fence', () => {
  it('gives the fence back', () => {
    law(fc.property(text, (fence) => expect(fenceOfKey(fenceKey(fence))).toBe(fence)));
    expect(fenceOfKey(fenceKey(lastFence))).toBe(lastFence);
  });

  it('is behind those of all ids where it is the last', () => {
    law(
      fc.property(text, (id) => {
        fc.pre(id !== lastFence);
        expect(fenceKey(lastFence) > keyOf(id)).toBe(true);
      }),
    );
  });
});

describe('a partition key', () => {
  it('is different for different tenants and applications, whatever is in their names', () => {
    expect(partitionKeyOf('a|b', 'c')).not.toBe(partitionKeyOf('a', 'b|c'));
    expect(partitionKeyOf('tenant/1', 'runs')).toBe('tenant!2f1|runs');
  });
});

describe('a text in a filter', () => {
  it('keeps its quotes to itself', () => {
    expect(quoted("o'neill")).toBe("'o''neill'");
  });
});
