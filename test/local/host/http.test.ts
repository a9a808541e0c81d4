import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { rawRequest } from './support/rawRequest.ts';
import { startTestHost, type TestHost } from './support/testHost.ts';

let host: TestHost;

beforeAll(async () => {
  host = await startTestHost('plain', {
    environment: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '2000000' },
  });
});

afterAll(() => host.stop());

const post = (path: string, body?: RequestInit['body'], headers: Record<string, string> = {}) =>
  fetch(`${host.url}${path}`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });

describe('a body', () => {
  it('of one megabyte of any bytes goes in and out unchanged', async () => {
    const sent = randomBytes(1_048_576);
    const answer = await post('/answers/bytes', sent);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await answer.arrayBuffer()).equals(sent)).toBe(true);
  });

  it('of a megabyte reaches who asked for it, however many are under way', async () => {
    const sent = Array.from({ length: 8 }, () => randomBytes(1_000_000));
    const answers = await Promise.all(sent.map((body) => post('/answers/bytes', body)));
    for (const [index, answer] of answers.entries()) {
      expect(Buffer.from(await answer.arrayBuffer()).equals(sent[index] as Buffer)).toBe(true);
    }
  });

  it('sent in chunks, without a length, arrives whole', async () => {
    const chunks = new ReadableStream({
      start(controller) {
        for (const chunk of ['one ', 'two ', 'three']) controller.enqueue(Buffer.from(chunk));
        controller.close();
      },
    });
    const answer = await fetch(`${host.url}/answers/bytes`, {
      method: 'POST',
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    expect(await answer.text()).toBe('one two three');
  });

  it('as large as the limit is taken', async () => {
    expect((await post('/answers/bytes', Buffer.alloc(2_000_000))).status).toBe(200);
  });

  it('one byte larger than the limit is 413, and the function does not run', async () => {
    const before = host.events.length;
    expect((await post('/answers/bytes', Buffer.alloc(2_000_001))).status).toBe(413);
    expect(host.events.slice(before).map(({ kind }) => kind)).toEqual(['request']);
  });

  it('that grows beyond the limit without having told its length is 413', async () => {
    const chunk = Buffer.alloc(500_000);
    const endless = Readable.from([chunk, chunk, chunk, chunk, chunk]);
    const answer = await fetch(`${host.url}/answers/bytes`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as object);
    expect(answer.status).toBe(413);
  });
});

describe('headers', () => {
  it('arrive as UTF-8', async () => {
    const { body } = await rawRequest(host.url, '/api/machines', 'GET', ['X-Name: Zo\xc3\xab']);
    expect(JSON.parse(body).headers).toMatchObject({ 'x-name': 'Zoë' });
  });

  it('that are not UTF-8 are refused with 400', async () => {
    expect((await rawRequest(host.url, '/api/machines', 'GET', ['X-Name: Zo\xeb'])).status).toBe(400);
  });
});

describe('an answer', () => {
  it('has the status, the headers and the text of the function', async () => {
    const answer = await post('/answers/teapot');
    expect(answer.status).toBe(418);
    expect(answer.headers.get('x-kind')).toBe('teapot');
    expect(answer.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
    expect(answer.headers.get('content-length')).toBe('15');
    expect(await answer.text()).toBe('short and stout');
  });

  it.each([
    ['nothing', 204],
    ['unchanged', 304],
    ['throws', 500],
    ['oddHeader', 500],
  ])('of the function %s is %i without a body', async (name, status) => {
    const answer = await post(`/answers/${name}`);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe('');
  });

  it('sets cookies as ASP.NET Core writes them', async () => {
    const answer = await post('/answers/cookies');
    expect(answer.headers.getSetCookie()).toEqual([
      'plain=a%20b%3Bc; path=/',
      'full=v; max-age=60; domain=contoso.com; path=/api; secure; samesite=lax; httponly',
      'third=v; expires=Sat, 21 Nov 2026 00:00:00 GMT; path=/; samesite=none',
    ]);
  });

  it('announces no trailers, as the server sends none', async () => {
    const answer = await post('/answers/trailer');
    expect([answer.status, answer.headers.get('trailer'), await answer.text()]).toEqual([200, null, 'whole']);
  });

  it('keeps the connection, and is not compressed', async () => {
    const answer = await fetch(`${host.url}/api/machines`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers.get('connection')).toBe('keep-alive');
    expect(answer.headers.has('content-encoding')).toBe(false);
  });
});

describe('a method', () => {
  it.each(['DELETE', 'PUT', 'HEAD', 'OPTIONS', 'POST'])('%s is 404 where it is not registered', async (method) => {
    expect((await fetch(`${host.url}/api/machines`, { method })).status).toBe(404);
  });

  it('HEAD reaches a function that registered it, and has the length of the body but no body', async () => {
    const head = await fetch(`${host.url}/headed`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.headers.get('x-method')]).toEqual([
      200,
      '19',
      'HEAD',
    ]);
    expect(await head.text()).toBe('');
  });

  it('OPTIONS reaches a function that registered it', async () => {
    expect((await fetch(`${host.url}/headed`, { method: 'OPTIONS' })).headers.get('x-method')).toBe('OPTIONS');
  });
});

describe('a route', () => {
  it('is the name of the function where none is given', async () => {
    expect((await fetch(`${host.url}/defaultroute`)).status).toBe(200);
  });

  it.each([
    ['/numbers/7', 200, { number: '7' }],
    ['/numbers/7/half', 200, { number: '7', part: 'half' }],
    ['/numbers/11', 404, undefined],
    ['/numbers/seven', 404, undefined],
    ['/files', 200, {}],
    ['/files/a/b/c.txt', 200, { path: 'a/b/c.txt' }],
  ])('of %s answers %i with the values %j', async (path, status, params) => {
    const answer = await fetch(host.url + path);
    expect(answer.status).toBe(status);
    if (params) expect(((await answer.json()) as { params: object }).params).toEqual(params);
  });

  it('of / shows that the host is up', async () => {
    const answer = await fetch(`${host.url}/`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('the landing page', () => {
  it('can be turned off, as in Azure', async () => {
    const other = await startTestHost('modules', { environment: { AzureWebJobsDisableHomepage: 'true' } });
    const answer = await fetch(`${other.url}/`);
    await other.stop();
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });
});

describe('a request as the function sees it', () => {
  it('has its headers in lower case, repeated ones joined, empty ones left out', async () => {
    const { body } = await rawRequest(host.url, '/api/machines', 'GET', ['X-Twice: 1', 'x-twice: 2', 'X-Empty:']);
    const { headers } = JSON.parse(body);
    expect(headers).toMatchObject({ 'x-twice': '1,2' });
    expect(headers).not.toHaveProperty('x-empty');
  });

  it('belongs to the trace of its caller, one step deeper', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await fetch(`${host.url}/api/machines`, { headers: { traceparent, tracestate: 'a=1' } });
    const { traceContext } = (await answer.json()) as { traceContext: { traceParent: string; traceState: string } };
    expect(traceContext.traceParent).toMatch(
      /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/,
    );
    expect(traceContext.traceState).toBe('a=1');
  });
});

describe('a function that is not done in time', () => {
  it('is answered 504 at the limit of HTTP, and goes on', async () => {
    const other = await startTestHost('plain', { httpLimitMs: 100 });
    const answer = await fetch(`${other.url}/answers/waits`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([504, '']);
    await other.event('log', ({ message }) => message === 'waits: entered');
    await fetch(`${other.url}/answers/releases`, { method: 'POST' });
    const end = await other.event('invocation', ({ functionName }) => functionName === 'waits');
    expect(end.outcome).toBe('succeeded');
    await other.stop();
  });
});

describe('the log of requests', () => {
  it('has method, path and status, but neither query nor key', async () => {
    await fetch(`${host.url}/keys/function?code=${host.keys.function}&secret=yes`);
    const request = await host.event('request', ({ path }) => path === '/keys/function');
    expect(request).toEqual({
      kind: 'request',
      method: 'GET',
      path: '/keys/function',
      status: 200,
      ms: expect.any(Number),
      functionName: 'withFunctionKey',
    });
  });

  it('tells of every run of a function how it ended, and why', async () => {
    await post('/answers/throws');
    const run = await host.event('invocation', ({ functionName }) => functionName === 'throws');
    expect(run).toMatchObject({ outcome: 'failed', message: 'the reason, for the log only' });
  });
});

describe('what a function logs', () => {
  it('is told with its level, its function and its invocation, from host.json’s level upwards', async () => {
    await post('/answers/logs');
    const run = await host.event('invocation', ({ functionName }) => functionName === 'logs');
    const lines = host.events.flatMap((event) =>
      event.kind === 'log' && event.functionName === 'logs' ? [event] : [],
    );
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['information', 'as information'],
      ['warning', "a warning { with: 'detail' }"],
    ]);
    expect(new Set(lines.map(({ invocationId }) => invocationId))).toEqual(new Set([run.invocationId]));
  });

  it('on the console is told as well', async () => {
    await post('/answers/logs');
    expect(await host.event('log', ({ message }) => message === 'on the console')).toMatchObject({
      level: 'information',
    });
  });
});
