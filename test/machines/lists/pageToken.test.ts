import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { type Position, readToken, writeToken } from '../../../src/machines/lists/pageToken.ts';
import { law } from '../../support/law.ts';

const key = new Uint8Array(32).fill(7);
const position: Position = {
  filter: "healthStatus eq 'Active'",
  offset: 10_000,
  size: 10_000,
  pages: 1,
  marks: [1, 2],
};

const written = (where: Position, by = key): string => {
  const token = writeToken(where, by);
  if (token === undefined) throw new Error('too long');
  return token;
};

describe('the token of a page link', () => {
  it('gives back what was put in', () => {
    const positions: fc.Arbitrary<Position> = fc.record({
      filter: fc.string({ unit: 'binary', maxLength: 200 }),
      select: fc.string({ maxLength: 60 }),
      offset: fc.maxSafeNat(),
      size: fc.integer({ min: 1, max: 10_000 }),
      pages: fc.integer({ min: 1 }),
      marks: fc.array(fc.nat(2 ** 48 - 1), { maxLength: 255 }),
    });
    law(
      fc.property(positions, (where) => {
        expect(readToken(written(where), key)).toEqual(where);
      }),
      300,
    );
  });

  it('is nothing when a letter was changed, wherever that is', () => {
    const token = written(position);
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
      expect(readToken(changed, key)).toBeUndefined();
    }
  });

  it('is nothing when it was cut, or had something put behind it', () => {
    const token = written(position);
    for (let length = 0; length < token.length; length++)
      expect(readToken(token.slice(0, length), key)).toBeUndefined();
    for (const more of ['A', '=', ' ', '%20', '&']) expect(readToken(token + more, key)).toBeUndefined();
  });

  it('is nothing when somebody else wrote it', () => {
    expect(readToken(written(position, new Uint8Array(32).fill(8)), key)).toBeUndefined();
    law(
      fc.property(fc.string(), (text) => {
        expect(readToken(text, key)).toBeUndefined();
      }),
    );
  });

  it('is nothing when another version of the gateway wrote it', () => {
    const payload = Buffer.from(written(position), 'base64url').subarray(0, -32);
    const signed = (bytes: Buffer) =>
      Buffer.concat([bytes, createHmac('sha256', key).update(bytes).digest()]).toString('base64url');
    expect(readToken(signed(payload), key)).toEqual(position);
    payload.writeUInt8(2, 0);
    expect(readToken(signed(payload), key)).toBeUndefined();
  });

  it('needs no encoding in a query, and shows no instant, host or secret', () => {
    expect(written(position)).toMatch(/^[\w-]+$/);
  });

  it('fits into a query of 4,096 characters with a filter as long as one can be sent, and says when it does not', () => {
    const marks = Array.from({ length: 50 }, (_, i) => (i + 1) * 5_000_000_000_000);
    const ids = Array.from({ length: 92 }, (_, i) => `'${hex(i)}'`);
    const filter = `id in (${ids.join(',')})`;
    expect(`?$filter=${filter}`.length).toBeGreaterThan(3950);
    expect(`?$skiptoken=${written({ ...position, filter, marks })}`.length).toBeLessThanOrEqual(4096);
    expect(writeToken({ ...position, filter: noise(8000), marks }, key)).toBeUndefined();
  });
});

const hex = (seed: number): string => noise(40, seed + 1);

/** Digits that can't be made shorter. */
const noise = (length: number, seed = 1): string => {
  let state = seed * 2654435761;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 28).toString(16);
  }).join('');
};
