import { createToken, type TokenSource } from '../../src/defender/token.ts';
import { lookAtToken } from '../../src/permissions/heldToken.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { tokenOf } from './support/world.ts';

const never = Number.POSITIVE_INFINITY;

/** The platform's answers, in turn; undefined: it keeps silent. */
const looked = async (answers: readonly (object | undefined)[], wanted: readonly (readonly string[])[]) => {
  const clock = fakeClock();
  const left = [...answers];
  const tokens: TokenSource = () => {
    const claims = left.shift();
    return claims ? Promise.resolve({ token: tokenOf(claims), expiresAt: never }) : new Promise(() => {});
  };
  const token = createToken(tokens, 'scope', clock);
  const looking = lookAtToken({ baseUrl: 'https://a.example', scope: 'scope', token }, wanted, { tokens, clock });
  await clock.advance(10_000);
  return looking;
};

describe('the token in use', () => {
  it('is compared with a newer one unless it has a role for every call', async () => {
    const wanted = [['A', 'All'], ['B']];
    expect(await looked([{ roles: ['A', 'B'] }], wanted)).toMatchObject({ newer: { kind: 'notAsked' } });
    expect(await looked([{ roles: ['A'] }, { roles: ['A'] }], wanted)).toMatchObject({ newer: { kind: 'noMore' } });
  });

  it('is told of where the platform has none newer in time', async () => {
    expect(await looked([{ roles: ['A'] }, undefined], [['B']])).toMatchObject({
      kind: 'token',
      claims: { roles: ['A'] },
      newer: { kind: 'notToBeHad', reason: 'it did not answer within 4 s' },
    });
  });

  it('is none where the platform gives none in time', async () => {
    expect(await looked([undefined], [['B']])).toEqual({ kind: 'none', reason: 'it did not answer within 4 s' });
  });
});
