import { newKey, type RingKey } from '../../../src/local/entra/keyRing.ts';
import { signToken } from '../../../src/local/entra/signToken.ts';
import { type FakeClock, fakeClock } from '../../support/fakeClock.ts';

export const tenant = 'c2d1a6f4-53b7-4f2e-8a90-1f5d6e7b8c90';
export const application = '0a1b2c3d-1111-4222-8333-444455556666';
export const keysUrl = `https://login.example/${tenant}/discovery/v2.0/keys`;
export const issuers = [`https://sts.windows.net/${tenant}/`, `https://login.example/${tenant}/v2.0`] as const;
export const audiences = ['api://gateway', '99999999-8888-4777-8666-555544443333'];

/** Made once: it takes long. */
const firstKey = newKey();

/** An issuer whose keys a `fetch` gives out, whose time a test owns, and whose address can be down. */
export interface TestIssuer {
  readonly clock: FakeClock;
  readonly fetch: typeof fetch;
  readonly key: RingKey;
  /** How often keys were asked for. */
  asked(): number;
  /** What comes instead of keys; undefined: keys. */
  answers(answer: Response | Error | undefined): void;
  publishes(...keys: readonly RingKey[]): void;
  /** A right token, but for these claims; one that is undefined is left out. */
  token(claims?: object, header?: object, key?: RingKey): string;
}

export const testIssuer = async (): Promise<TestIssuer> => {
  const clock = fakeClock();
  const key = await firstKey;
  let published: readonly RingKey[] = [key];
  let instead: Response | Error | undefined;
  let asked = 0;
  return {
    clock,
    key,
    asked: () => asked,
    fetch: async () => {
      asked += 1;
      if (instead instanceof Error) throw instead;
      return instead?.clone() ?? Response.json({ keys: published.map(jwk) });
    },
    answers(answer) {
      instead = answer;
    },
    publishes(...keys) {
      published = keys;
    },
    token: (claims = {}, header = {}, signer = key) =>
      signToken(
        { typ: 'JWT', alg: 'RS256', kid: signer.kid, ...header },
        { ...rightClaims(clock), ...claims },
        { kind: 'rsa', key: signer.privateKey },
      ),
  };
};

/** Of an application's own token, good for an hour. */
export const rightClaims = (clock: FakeClock) => {
  const now = Math.floor(clock.wall() / 1000);
  const oid = '77777777-6666-4555-8444-333322221111';
  return {
    aud: audiences[0],
    iss: issuers[0],
    tid: tenant,
    nbf: now - 300,
    exp: now + 3600,
    appid: application,
    oid,
    sub: oid,
    roles: ['Machines.Read'],
  };
};

export const jwk = ({ kid, publicKey }: RingKey): object => ({
  use: 'sig',
  kid,
  ...publicKey.export({ format: 'jwk' }),
});
