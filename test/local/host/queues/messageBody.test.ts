import * as fc from 'fast-check';
import { decodeBody, encodeBody, textOf } from '../../../../src/local/host/queues/messageBody.ts';
import { law } from '../../../support/law.ts';

describe('the body of a message', () => {
  it('comes back as it went, in both encodings', () => {
    law(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('base64' as const, 'none' as const),
        (text, encoding) => {
          const body = decodeBody(encodeBody(text, encoding), encoding);
          expect(body.kind === 'bytes' && textOf(body.bytes)).toBe(text);
        },
      ),
    );
  });

  it.each(['', 'aGk=', 'aG k=\r\n', '////'])('can be decoded from the base64 %j', (text) => {
    expect(decodeBody(text, 'base64').kind).toBe('bytes');
  });

  it.each(['aGk', 'plain text', '{"a":1}', 'a===', '=aGk', 'aGk-'])(
    'cannot be decoded from %j, which is no base64',
    (text) => {
      expect(decodeBody(text, 'base64').kind).toBe('undecodable');
    },
  );

  it('is no text when its bytes are not UTF-8', () => {
    expect(textOf(Buffer.from([0xff, 0xfe]))).toBeUndefined();
  });
});
