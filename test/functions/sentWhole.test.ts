import { HttpResponse, type HttpResponseInit } from '@azure/functions';
import { sentWhole } from '../../src/functions/sentWhole.ts';

const headers = { 'content-type': 'application/json', etag: '"1"' };
const whole = (init: HttpResponseInit): HttpResponse => {
  const sent = sentWhole(init);
  if (!(sent instanceof HttpResponse)) throw new Error('it is left to the library');
  return sent;
};

describe('an answer that is handed to the host as it is', () => {
  it('is of bytes: the very same, not a copy', async () => {
    const body = new TextEncoder().encode('{"value":[]}');
    const sent = whole({ status: 200, headers, body });
    expect(sent.status).toBe(200);
    expect([...sent.headers]).toEqual(Object.entries(headers));
    expect(await sent.arrayBuffer()).toBe(body);
  });

  it('is of a text, in UTF-8', async () => {
    const sent = whole({ status: 404, headers, body: '{"title":"Es fehlt für „ü“"}' });
    expect(sent.status).toBe(404);
    expect([...sent.headers]).toEqual(Object.entries(headers));
    const bytes = Buffer.from(await sent.arrayBuffer());
    expect(bytes.equals(Buffer.from('{"title":"Es fehlt für „ü“"}', 'utf8'))).toBe(true);
  });

  it('is of an empty text, as for 304', async () => {
    const sent = whole({ status: 304, headers: { etag: '"1"' }, body: '' });
    expect([sent.status, sent.headers.get('etag')]).toEqual([304, '"1"']);
    expect((await sent.arrayBuffer()).byteLength).toBe(0);
  });

  it('may have no headers', () => {
    expect([...whole({ status: 200, body: 'x' }).headers]).toEqual([]);
  });

  it('has each header under the name that it was given', () => {
    expect(whole({ status: 200, headers, body: 'x' }).headers.get('content-type')).toBe('application/json');
  });
});

describe('an answer that is left to the library', () => {
  it.each<[string, HttpResponseInit]>([
    ['without a body', { status: 204, headers }],
    ['with an object', { status: 200, jsonBody: { value: [] } }],
    ['with a stream', { status: 200, body: new ReadableStream() }],
    ['without a status', { headers, body: 'x' }],
  ])('is one %s', (_, init) => {
    expect(sentWhole(init)).toBe(init);
  });
});
