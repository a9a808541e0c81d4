import * as fc from 'fast-check';
import { printBatch } from '../../../src/http/batch/batchResponse.ts';
import { bodyAsJson } from '../../../src/http/batch/bodyAsJson.ts';
import { law } from '../../support/law.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array | undefined) => (body === undefined ? undefined : Buffer.from(body).toString());
const asJson = (type: string, body: string | Uint8Array, more: Record<string, string> = {}) =>
  text(bodyAsJson({ 'content-type': type, ...more }, typeof body === 'string' ? bytes(body) : body));

describe('a body in a batch', () => {
  it.each(['application/json', 'application/json; odata.metadata=minimal', 'application/problem+json;charset=utf-8'])(
    'of type %s stands there byte by byte',
    (type) => {
      expect(asJson(type, '{ "a": 1.0,\n "é": [] }')).toBe('{ "a": 1.0,\n "é": [] }');
    },
  );

  it('loses the mark that may stand at the start of a document only', () => {
    expect(asJson('application/json', '\ufeff{}')).toBe('{}');
  });

  it('of text is a string', () => {
    expect(asJson('text/plain; charset=utf-8', 'say "é"\n')).toBe('"say \\"é\\"\\n"');
  });

  it.each([
    ['application/octet-stream', {}],
    ['', {}],
    ['application/jsonlines', {}],
    ['application/json', { 'content-encoding': 'br' }],
    ['text/plain', { 'content-encoding': 'gzip' }],
  ])('of type %j with %j is base64url', (type, more) => {
    expect(asJson(type, Uint8Array.of(0xfb, 0xff, 0x7b), more)).toBe('"-_97"');
  });

  it.each(['<html>', '{"value":[', '', '{"a":"\ufffd"'])('that says it is JSON and is not is none: %j', (body) => {
    expect(asJson('application/json', body)).toBeUndefined();
  });

  it('that says it is JSON and is not UTF-8 is none', () => {
    expect(asJson('application/json', Uint8Array.of(0x5b, 0x22, 0xe9, 0x22, 0x5d))).toBeUndefined();
  });
});

describe('the answer to a batch', () => {
  it('leaves out a body where there is none, and gives back the group of a request', () => {
    const responses = [
      { id: '1', status: 304, headers: { etag: '"x"' } },
      { id: '2', atomicityGroup: 'g', status: 200, headers: {}, body: bytes('[]') },
    ];
    expect(text(printBatch(responses))).toBe(
      '{"responses":[{"id":"1","status":304,"headers":{"etag":"\\"x\\""}},{"id":"2","atomicityGroup":"g","status":200,"headers":{},"body":[]}]}',
    );
  });

  it('is JSON that says what went in, whatever that was', () => {
    const response = fc.record({
      id: fc.string(),
      status: fc.integer({ min: 200, max: 599 }),
      headers: fc.dictionary(fc.string(), fc.string()),
      body: fc.option(fc.json(), { nil: undefined }),
    });
    law(
      fc.property(fc.array(response, { maxLength: 5 }), (responses) => {
        const printed = printBatch(
          responses.map(({ body, ...head }) => ({ ...head, body: body === undefined ? undefined : bytes(body) })),
        );
        const told = responses.map(({ body, ...head }) =>
          body === undefined ? head : { ...head, body: JSON.parse(body) },
        );
        expect(JSON.parse(text(printed) ?? '')).toEqual(JSON.parse(JSON.stringify({ responses: told })));
      }),
      300,
    );
  });
});
