import { createHash } from 'node:crypto';
import { HttpRequest } from '@azure/functions';
import * as fc from 'fast-check';
import { callerId, isCallerId } from '../../src/http/callerId.ts';
import { law } from '../support/law.ts';

const application = '11111111-2222-3333-4444-5555aaaabbbb';
const person = '99999999-8888-7777-6666-555544443333';

const asked = (headers: Record<string, string>, query: Record<string, string> = {}) =>
  new HttpRequest({ method: 'GET', url: 'https://gateway.example/', headers, query });

const principal = (claims: unknown, more: Record<string, string> = {}) => ({
  'x-ms-client-principal': Buffer.from(JSON.stringify({ auth_typ: 'aad', claims })).toString('base64'),
  'x-ms-client-principal-id': person,
  ...more,
});

describe('a caller whom the platform has authenticated', () => {
  it.each([
    [
      'appid',
      [
        { typ: 'aud', val: 'api://gateway' },
        { typ: 'appid', val: application },
      ],
    ],
    ['azp', [{ typ: 'azp', val: application.toUpperCase() }]],
  ])('is the application of its claim %s, whatever key it used', (_, claims) => {
    expect(callerId(asked(principal(claims, { 'x-functions-key': 'k' })), true)).toBe(application);
  });

  it('is who the token is for, where no claim names an application', () => {
    expect(callerId(asked(principal([{ typ: 'roles', val: 'x' }])), true)).toBe(person);
  });

  it.each([
    '',
    '!',
    'e30=',
    Buffer.from('null').toString('base64'),
    Buffer.from('{"claims":[null,3]}').toString('base64'),
  ])('is known by its key where the platform says %j of it', (header) => {
    const headers = { 'x-functions-key': 'k', ...(header === '' ? {} : { 'x-ms-client-principal': header }) };
    expect(callerId(asked(headers), true)).toMatch(/^key-/);
  });
});

describe('a caller whom nobody has authenticated', () => {
  it('is not believed to be who it says', () => {
    const headers = principal([{ typ: 'appid', val: application }]);
    expect(callerId(asked(headers), false)).toBe('anonymous');
    expect(callerId(asked({ ...headers, 'x-functions-key': 'k' }), false)).toMatch(/^key-/);
  });

  it('is its key’s hash, wherever the key stands', () => {
    const hash = createHash('sha256').update('secret').digest('hex').slice(0, 12);
    expect(callerId(asked({ 'x-functions-key': 'secret' }), false)).toBe(`key-${hash}`);
    expect(callerId(asked({}, { code: 'secret' }), false)).toBe(`key-${hash}`);
    expect(callerId(asked({ 'x-functions-key': 'secret' }, { code: 'other' }), false)).toBe(`key-${hash}`);
  });

  it('never shows a key, and two keys are two callers', () =>
    law(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[\w-]{13,60}={0,2}$/), { minLength: 2, maxLength: 2 }), (keys) => {
        const ids = keys.map((key) => callerId(asked({ 'x-functions-key': key }), false));
        expect(ids[0]).not.toBe(ids[1]);
        for (const [i, id] of ids.entries()) {
          expect(isCallerId(id)).toBe(true);
          expect(id).not.toContain(keys[i]);
        }
      }),
      200,
    ));
});
