/** The keys that an issuer signs with. After a rotation the earlier ones are published still, as Entra's are, until they are withdrawn. */
import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

export interface RingKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface KeyRing {
  /** The one that signs. */
  current(): RingKey;
  /** What `jwks_uri` answers. */
  published(): { readonly keys: readonly object[] };
  /** A new one signs from now on. @param withdraw the earlier ones are published no more */
  rotate(withdraw: boolean): Promise<RingKey>;
}

export const createKeyRing = async (): Promise<KeyRing> => {
  let keys = [await newKey()] as readonly [RingKey, ...RingKey[]];
  return {
    current: () => keys[0],
    published: () => ({ keys: keys.map(published) }),
    async rotate(withdraw) {
      const key = await newKey();
      keys = withdraw ? [key] : [key, ...keys];
      return key;
    },
  };
};

/** 2048 bits, as Entra's have. */
export const newKey = async (): Promise<RingKey> => {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { kid: randomBytes(20).toString('base64url'), ...pair };
};

const published = ({ kid, publicKey }: RingKey): object => ({
  kty: 'RSA',
  use: 'sig',
  kid,
  x5t: kid,
  ...publicKey.export({ format: 'jwk' }),
});
