import { createHmac, timingSafeEqual } from 'node:crypto';
import * as fc from 'fast-check';
import { signatureOf } from '../../../../src/enrichment/out/http/signature.ts';
import { readWebhookSecrets } from '../../../../src/enrichment/out/http/webhookSecrets.ts';

/** As a receiver checks it. */
const isSigned = (key: Uint8Array, text: Buffer, header: string): boolean => {
  const wanted = createHmac('sha256', key).update(text).digest();
  return header.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return one.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
};

describe('a signature', () => {
  it('is what the libraries of Standard Webhooks make of their own example', async () => {
    const content = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1614265330,
      body: new TextEncoder().encode('{"test": 2432232314}'),
    };
    const secrets = readWebhookSecrets('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    expect(await signatureOf(content, secrets)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('can be checked with each of the secrets, and with no other', async () => {
    const key = fc.uint8Array({ minLength: 24, maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { minLength: 1, maxLength: 3 }),
        key,
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(),
        async (keys, other, body, timestamp) => {
          const header = await signatureOf(
            { id: 'a~1', timestamp, body },
            keys.map((one) => Uint8Array.from(one)),
          );
          const text = Buffer.concat([Buffer.from(`a~1.${timestamp}.`), body]);
          expect(keys.map((one) => isSigned(one, text, header))).toEqual(keys.map(() => true));
          fc.pre(!keys.some((one) => Buffer.from(one).equals(other)));
          expect(isSigned(other, text, header)).toBe(false);
          expect(isSigned(keys[0] ?? other, Buffer.concat([text, Buffer.from('x')]), header)).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });
});
