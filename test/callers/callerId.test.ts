import { createHash } from 'node:crypto';
import { HttpRequest } from '@azure/functions';
import * as fc from 'fast-check';
import { isCallerId, keyIdOf } from '../../src/callers/callerId.ts';
import { law } from '../support/law.ts';

const asked = (headers: Record<string, string>, query: Record<string, string> = {}) =>
  new HttpRequest({ method: 'GET', url: 'https://gateway.example/', headers, query });

describe('a caller with a key', () => {
  it('is its key’s hash, wherever the key stands', () => {
    const hash = createHash('sha256').update('secret').digest('hex').slice(0, 12);
    expect(keyIdOf(asked({ 'x-functions-key': 'secret' }))).toBe(`key-${hash}`);
    expect(keyIdOf(asked({}, { code: 'secret' }))).toBe(`key-${hash}`);
    expect(keyIdOf(asked({ 'x-functions-key': 'secret' }, { code: 'other' }))).toBe(`key-${hash}`);
    expect(keyIdOf(asked({}, { CoDe: 'secret' }))).toBe(`key-${hash}`);
    expect(keyIdOf(asked({}))).toBeUndefined();
  });

  it('is nobody where it sends several, for the host takes one of them and does not say which', () => {
    expect(keyIdOf(asked({ 'x-functions-key': 'secret, other' }))).toBeUndefined();
    expect(keyIdOf(asked({ 'x-functions-key': '' }, { code: 'secret' }))).toBeUndefined();
    expect(keyIdOf(asked({}, { code: 'secret', Code: 'other' }))).toBeUndefined();
    expect(keyIdOf(asked({}, { code: 'secret,other' }))).toBeUndefined();
    const twice = new URLSearchParams([
      ['code', 'secret'],
      ['code', 'other'],
    ]);
    expect(keyIdOf({ headers: new Headers(), query: twice })).toBeUndefined();
  });

  it('never shows its key, and two keys are two callers', () =>
    law(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[\w-]{13,60}={0,2}$/), { minLength: 2, maxLength: 2 }), (keys) => {
        const ids = keys.map((key) => keyIdOf(asked({ 'x-functions-key': key })) ?? '');
        expect(ids[0]).not.toBe(ids[1]);
        for (const [i, id] of ids.entries()) {
          expect(isCallerId(id)).toBe(true);
          expect(id).not.toContain(keys[i]);
        }
      }),
      200,
    ));
});
