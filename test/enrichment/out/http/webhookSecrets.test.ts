import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { readWebhookSecrets } from '../../../../src/enrichment/out/http/webhookSecrets.ts';
import { law } from '../../../support/law.ts';

const secret = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;
const messageOf = (text: string): string => {
  try {
    readWebhookSecrets(text);
    return '';
  } catch (fault) {
    return (fault as Error).message;
  }
};

describe('the secrets of a webhook', () => {
  it('are the bytes behind whsec_, each of several', () => {
    law(
      fc.property(fc.array(fc.uint8Array({ minLength: 24, maxLength: 64 }), { minLength: 1, maxLength: 3 }), (keys) => {
        const text = keys.map((key) => `whsec_${Buffer.from(key).toString('base64')}`).join(' ');
        expect(readWebhookSecrets(text).map((key) => [...key])).toEqual(keys.map((key) => [...key]));
      }),
      200,
    );
  });

  const good = secret(32);
  it.each([
    ['of 23 bytes', secret(23), 'secret 2 of 2 has 23 bytes'],
    ['of 65 bytes', secret(65), 'secret 2 of 2 has 65 bytes'],
    ['of none', 'whsec_', 'secret 2 of 2 has 0 bytes'],
    ['without whsec_', randomBytes(32).toString('base64'), 'secret 2 of 2 does not begin with whsec_'],
    ['for another signature', `whsk_${randomBytes(32).toString('base64')}`, 'secret 2 of 2 does not begin with whsec_'],
    ['in hexadecimal digits cut short', `whsec_${'ab'.repeat(32)}c`, 'secret 2 of 2 is not base64 behind whsec_'],
    ['with another alphabet', `whsec_${'-_'.repeat(20)}`, 'secret 2 of 2 is not base64 behind whsec_'],
  ])('are not one %s: it says so and how to make one, and shows nothing of it', (_, wrong, message) => {
    const said = messageOf(`${good} ${wrong}`);
    expect(said).toBe(
      `${message}: write whsec_ and the base64 of 24 to 64 random bytes, such as the output of: echo "whsec_$(openssl rand -base64 32)"`,
    );
    for (const word of [good, wrong].map((text) => text.slice(6)).filter(Boolean)) expect(said).not.toContain(word);
  });

  it('are one at least', () => {
    expect(messageOf(' , ')).toMatch(/^holds no secret: write whsec_/);
  });
});
