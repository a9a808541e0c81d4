import { HttpRequest } from '@azure/functions';
import { mostBodyBytes, readBody } from '../../../src/http/batch/batchBody.ts';

const example = '{"requests":[{"id":"7"}]}';
const read = (body: string | Uint8Array, type?: string) =>
  readBody(
    new HttpRequest({
      method: 'POST',
      url: 'https://gateway.example/api/$batch',
      headers: type === undefined ? {} : { 'content-type': type },
      body: { bytes: Buffer.from(body) },
    }),
    example,
  );

describe('what is sent as a batch', () => {
  it.each([undefined, 'application/json', 'Application/JSON; charset=utf-8; IEEE754Compatible=true'])(
    'is read as JSON under the type %s',
    async (type) => {
      expect(await read('\ufeff{"requests":"é"}', type)).toEqual({ kind: 'json', value: { requests: 'é' } });
    },
  );

  it.each(['multipart/mixed; boundary=b', 'application/x-www-form-urlencoded', 'text/plain'])(
    'is refused under the type %s, with the one to take',
    async (type) => {
      expect(await read('{"requests":[]}', type)).toMatchObject({
        kind: 'wrong',
        problem: {
          status: 415,
          message: expect.stringContaining(
            `write it as ${example} and send it with content-type: application/json, not `,
          ),
        },
      });
    },
  );

  it.each([
    ['', /^The body is empty; a batch is \{"requests":\[\{"id":"7"\}\]\}\.$/],
    ['{"requests":[', /^The body is not JSON in UTF-8 \(.+\); a batch is \{"requests":\[\{"id":"7"\}\]\}\.$/],
    [Uint8Array.of(0x22, 0xe9, 0x22), /^The body is not JSON in UTF-8 \(/],
  ])('%j is refused', async (body, message) => {
    expect(await read(body)).toMatchObject({
      kind: 'wrong',
      problem: { status: 400, code: 'InvalidRequestBody', message: expect.stringMatching(message) },
    });
  });

  it('may have a mebibyte and no more', async () => {
    const full = `"${'x'.repeat(mostBodyBytes - 2)}"`;
    expect((await read(full)).kind).toBe('json');
    expect(await read(`${full} `)).toMatchObject({
      kind: 'wrong',
      problem: { status: 413, message: expect.stringContaining('1048577 bytes; 1048576 are the most') },
    });
  });
});
