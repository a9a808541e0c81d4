import * as fc from 'fast-check';
import { minuteOf, readTokenClaims } from '../../src/permissions/tokenClaims.ts';
import { law } from '../support/law.ts';
import { tokenOf } from './support/world.ts';

describe('the claims of a token', () => {
  it('are what Defender and Graph look at', () => {
    const claims = { aud: 'a', roles: ['R'], iat: 1, exp: 3601, appid: 'app', oid: 'o', tid: 't', secret: 'no' };
    expect(readTokenClaims(tokenOf(claims))).toEqual({
      audience: 'a',
      roles: ['R'],
      issuedAt: 1000,
      expiresAt: 3_601_000,
      clientId: 'app',
      objectId: 'o',
      tenantId: 't',
    });
  });

  it('name the application as tokens of version 2.0 do, too', () => {
    expect(readTokenClaims(tokenOf({ azp: 'app' }))).toMatchObject({ clientId: 'app', roles: [] });
  });

  it('can hold any letters', () => {
    expect(readTokenClaims(tokenOf({ aud: 'https://müller.example/ÿ?' }))?.audience).toBe('https://müller.example/ÿ?');
  });

  it.each(['', 'a.b', 'a.b.c', `x.${btoa('[1]')}.`, 'e30', 'Bearer e30.e30.'])('are none in %j', (text) => {
    expect(readTokenClaims(text)).toBeUndefined();
  });

  it('never keep a reader from telling the rest, whatever kind one of them is', () => {
    const anyClaims = fc.dictionary(
      fc.constantFrom('aud', 'roles', 'iat', 'nbf', 'exp', 'appid', 'azp', 'oid', 'tid'),
      fc.jsonValue(),
    );
    law(
      fc.property(anyClaims, (claims) => {
        const read = readTokenClaims(tokenOf(claims));
        expect(read).toBeDefined();
        for (const at of [read?.issuedAt, read?.expiresAt]) {
          if (at !== undefined) expect(minuteOf(at)).toMatch(/^\d{4,}-\d\d-\d\d \d\d:\d\d UTC$/);
        }
      }),
    );
  });

  it('are read without a fault from any text', () => {
    law(fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => void readTokenClaims(`${a}.${b}.${c}`)));
  });
});
