import { gunzipSync } from 'node:zlib';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { batch } from '../../src/functions/batch.ts';
import type { HttpFunction } from '../../src/functions/services.ts';
import { withKey } from '../support/callers.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { jsonReply, readOf, send, sendBatch } from './support/batches.ts';

/** Says what it was given. */
const echo: HttpFunction['handler'] = (request) => ({
  jsonBody: {
    url: request.url,
    method: request.method,
    params: request.params,
    query: Object.fromEntries(request.query),
    headers: Object.fromEntries(request.headers),
  },
});
const functions = [
  readOf('api/machines', echo),
  readOf('api/machines/{id}', echo),
  readOf('api/v1.0/machines', echo),
  readOf('api/users/{id}/machines', echo),
  readOf('gateway/health', () => ({ jsonBody: { status: 'up' } }), { access: 'open' }),
  readOf('gateway/secrets', echo, { access: 'key' }),
  readOf('gateway/alerts', echo, { methods: ['POST'] }),
];
const only = async (request: object, sent = {}) => {
  const { responses } = await sendBatch(functions, [request], sent);
  expect(responses).toHaveLength(1);
  return { status: responses[0]?.status, headers: responses[0]?.headers ?? {}, body: responses[0]?.body ?? {} };
};

describe('a batch', () => {
  it('is a function of two routes, that takes POST from who may read machines', () => {
    const reading = { methods: ['POST'], access: ['Machines.Read'], shows: 'machinesInGroups' };
    const told = batch([], { clock: fakeClock() }).map(({ handler: _, ...one }) => one);
    expect(told).toEqual([
      { name: 'batch', route: 'api/$batch', ...reading },
      { name: 'batchV1', route: 'api/v1.0/$batch', ...reading },
    ]);
  });

  it('answers each request as the function of its address does, in the order of the requests', async () => {
    const { status, headers, responses } = await sendBatch(functions, [
      { id: 'b', url: '/gateway/health' },
      { id: 'a', url: 'machines?$top=5' },
      { id: 'c', url: 'users/CONTOSO%5Cuser1/machines' },
    ]);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'odata-version': '4.01' });
    expect(responses).toMatchObject([
      { id: 'b', status: 200, headers: { 'content-type': 'application/json' }, body: { status: 'up' } },
      {
        id: 'a',
        status: 200,
        body: { method: 'GET', url: 'https://gateway.example/api/machines?$top=5', query: { $top: '5' } },
      },
      { id: 'c', status: 200, body: { params: { id: 'CONTOSO\\user1' } } },
    ]);
  });

  it('hands bodies on byte by byte', async () => {
    const body = '{"value":[{"id":"é","n":1.0, "big":12345678901234567890}]}';
    const { text } = await sendBatch([readOf('api/machines', () => jsonReply(body))], [{ url: 'machines' }]);
    expect(text).toContain(`"body":${body}}]}`);
  });

  it('hands on statuses, headers, and answers without a body', async () => {
    const notModified = readOf('api/machines', () => ({
      status: 304,
      headers: { ETag: '"1"', 'content-length': '0' },
    }));
    const withBody = readOf('api/x', () => ({ ...jsonReply('{}', 304), headers: { etag: '"2"' } }));
    const { responses } = await sendBatch([notModified, withBody], [{ url: 'machines' }, { url: 'x' }]);
    expect(responses).toEqual([
      { id: '0', status: 304, headers: { etag: '"1"' } },
      { id: '1', status: 304, headers: { etag: '"2"' } },
    ]);
  });

  it('is compressed as a whole where its caller accepts that', async () => {
    const [found] = batch(functions, { clock: fakeClock() });
    const requests = Array.from({ length: 50 }, (_, index) => ({ id: `${index}`, method: 'GET', url: 'machines' }));
    const request = new HttpRequest({
      method: 'POST',
      url: 'https://gateway.example/api/$batch',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: { string: JSON.stringify({ requests }) },
    });
    const { headers, body } = (await found?.handler(request, new InvocationContext(), withKey)) ?? {};
    expect(headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(JSON.parse(gunzipSync(body as Uint8Array).toString()).responses).toHaveLength(50);
  });

  it('resolves addresses by the version that it is of', async () => {
    const { responses } = await sendBatch(functions, [{ url: 'machines' }], { name: 'batchV1' });
    expect(responses[0]?.body?.url).toBe('https://gateway.example/api/v1.0/machines');
  });

  it('says that it goes on after errors to who asks for that', async () => {
    const { headers } = await sendBatch(functions, [{ url: 'x' }], {
      headers: { prefer: 'continue-on-error, wait=9' },
    });
    expect(headers['preference-applied']).toBe('wait=9, continue-on-error');
  });

  it('answers a fault of a function with its 500, and the others as ever', async () => {
    const faulty = readOf('api/alerts', () => Promise.reject(new Error('table of contents')));
    const cut = readOf('api/cut', () => ({ headers: { 'content-type': 'application/json' }, body: '{"value":[' }));
    const all = [faulty, cut, ...functions];
    const context = new InvocationContext({ functionName: 'batch', logHandler: () => undefined });
    const requests = [{ url: 'alerts' }, { url: 'cut' }, { url: '/gateway/health' }];
    const { text, responses } = await sendBatch(all, requests, { context });
    expect(responses).toMatchObject([
      { status: 500, body: { error: { code: 'InternalServerError' } } },
      { status: 502, body: { error: { code: 'BadGateway' } } },
      { status: 200, body: { status: 'up' } },
    ]);
    expect(text).not.toContain('table of contents');
  });
});

describe('a batch that can’t be read', () => {
  it('is refused whole, in Defender’s envelope', async () => {
    const wrong = { requests: [{ id: '1', method: 'GET', url: 'machines' }, { id: 1 }] };
    const { status, headers, error } = await send(functions, wrong, { headers: { 'x-request-id': 'r-1' } });
    expect({ status, error }).toMatchObject({
      status: 400,
      error: {
        code: 'InvalidRequestBody',
        target: 'r-1',
        message: expect.stringContaining('requests[1].id is a number'),
      },
    });
    expect(headers).toMatchObject({ 'x-request-id': 'r-1', 'content-type': expect.stringContaining('json') });
  });

  it('is refused where it is one of MIME parts', async () => {
    const { status, error } = await send(functions, {}, { headers: { 'content-type': 'multipart/mixed; boundary=b' } });
    expect({ status, code: error?.code }).toEqual({ status: 415, code: 'UnsupportedMediaType' });
  });
});

describe('one request of a batch that is wrong', () => {
  it.each([
    [
      'machine',
      404,
      'requests[0].url leads to /api/machine, where there is nothing to read. There is /api/machines, /api/machines/{id}, /api/users/{id}/machines, /gateway/health; ',
    ],
    ['/gateway/secrets', 404, 'requests[0].url leads to /gateway/secrets, where'],
    ['/gateway/alerts', 404, 'requests[0].url leads to /gateway/alerts, where'],
    ['$batch', 400, "requests[0].url leads to a batch, and a batch can't hold another"],
    ['/API/v1.0/%24batch/', 400, 'requests[0].url leads to a batch'],
    ['https://api.security.microsoft.com/api/machines', 400, 'requests[0].url is the address of another service'],
  ])('%s is answered %i', async (url, status, message) => {
    const told = await only({ url }, { headers: { 'x-request-id': 'r-1' } });
    expect(told.status).toBe(status);
    expect(told.body.error?.message.startsWith(message)).toBe(true);
    expect(told.body.error?.target).toBe('r-1');
  });

  it('tells which method to use', async () => {
    expect(await only({ method: 'POST', url: 'machines' })).toMatchObject({ status: 405, headers: { allow: 'GET' } });
  });

  it('has its group in its answer, as the standard wants it', async () => {
    const { responses } = await sendBatch(functions, [{ url: 'machines', atomicityGroup: 'g' }]);
    expect(responses).toMatchObject([{ id: '0', atomicityGroup: 'g', status: 400 }]);
  });

  it('stops no other one', async () => {
    const { status, responses } = await sendBatch(functions, [
      { url: 'machines', dependsOn: ['1'] },
      { url: '/gateway/health' },
    ]);
    expect(status).toBe(200);
    expect(responses.map((one) => one.status)).toEqual([424, 200]);
  });
});

describe('who calls', () => {
  const who: HttpFunction['handler'] = (_request, _context, { id }) => ({ jsonBody: { caller: id } });
  const whoever = [readOf('api/machines', who)];
  const forged = {
    url: 'machines?code=forged&Code=forged&$top=1',
    headers: { 'x-functions-key': 'forged', authorization: 'Bearer forged', 'X-MS-CLIENT-PRINCIPAL-ID': 'forged' },
  };

  it('is the caller of the batch, whatever a request says', async () => {
    const { responses } = await sendBatch(whoever, [forged]);
    expect(responses[0]?.body).toEqual({ caller: withKey.id });
  });

  it('is in no key or token that a request is given, its own or the batch’s', async () => {
    const sent = {
      headers: { 'x-functions-key': 'secret', authorization: 'Bearer secret' },
      query: { code: 'secret' },
    };
    expect((await only({ url: 'machines?CODE=forged&$top=1' }, sent)).body.query).toEqual({ $top: '1' });
    const { body } = await only(forged, sent);
    expect(JSON.stringify([body.query, body.headers])).not.toMatch(/forged|secret/);
  });
});

describe('how a request calls', () => {
  it('is as its batch calls, and as it says itself', async () => {
    const sent = { headers: { prefer: 'wait=20, continue-on-error', priority: 'u=5', 'x-request-id': 'r-1' } };
    expect((await only({ url: 'machines' }, sent)).body.headers).toEqual({
      prefer: 'wait=20',
      priority: 'u=5',
      'x-request-id': 'r-1.0',
    });
    const headers = { prefer: 'wait=3', priority: 'u=0', 'x-request-id': 'mine', 'accept-encoding': 'br', host: 'x' };
    expect((await only({ url: 'machines', headers }, sent)).body.headers).toEqual({
      prefer: 'wait=3, wait=3',
      priority: 'u=0',
      'x-request-id': 'mine',
    });
  });
});

describe('the same question asked twice in a batch', () => {
  const counted = () => {
    const asked: string[] = [];
    const handler: HttpFunction['handler'] = ({ url }) => {
      asked.push(url);
      return jsonReply(`{"n":${asked.length}}`);
    };
    return { asked, functions: [readOf('api/machines', handler), readOf('api/users/{id}/machines', handler)] };
  };

  it('is asked once, and answered to both', async () => {
    const { asked, functions: counting } = counted();
    const { responses } = await sendBatch(counting, [
      { url: 'machines?$top=1' },
      { url: '/API/Machines/?$top=1' },
      { url: 'https://gateway.example/api/machines?$top=1', headers: { cookie: 'no matter' } },
    ]);
    expect(asked).toHaveLength(1);
    expect(responses.map(({ id, body }) => [id, body?.n])).toEqual([
      ['0', 1],
      ['1', 1],
      ['2', 1],
    ]);
  });

  it.each([
    [{ url: 'machines?$top=2' }],
    [{ url: 'machines?$top=1', headers: { 'cache-control': 'no-cache' } }],
    [{ url: 'machines?$top=1', headers: { 'x-request-id': 'mine' } }],
    [{ url: 'users/a/machines?$top=1' }],
  ])('is another one as %j', async (other) => {
    const { asked, functions: counting } = counted();
    await sendBatch(counting, [{ url: 'machines?$top=1' }, other]);
    expect(asked).toHaveLength(2);
  });
});

describe('a batch in which nothing could be asked', () => {
  const refusing = (seconds: number) =>
    jsonReply('{"error":{}}', 429, seconds > 0 ? { 'retry-after': String(seconds) } : {});
  const spent = readOf('api/users/{id}/machines', ({ params }) => refusing(Number(params.id)));

  it('is 200, each request with its own 429, and names the earliest time to come back', async () => {
    const { status, headers, responses } = await sendBatch(
      [spent],
      ['40', '12', '0', '70'].map((id) => ({ url: `users/${id}/machines` })),
    );
    expect(status).toBe(200);
    expect(responses.map((one) => [one.status, one.headers['retry-after']])).toEqual([
      [429, '40'],
      [429, '12'],
      [429, undefined],
      [429, '70'],
    ]);
    expect(headers['retry-after']).toBe('12');
  });

  it('names no time where nobody was sent away', async () => {
    expect((await sendBatch(functions, [{ url: 'machines' }])).headers).not.toHaveProperty('retry-after');
  });
});
