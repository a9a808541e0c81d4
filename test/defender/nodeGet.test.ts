import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { BodyTooLarge, type Get } from '../../src/defender/get.ts';
import { nodeGet } from '../../src/defender/nodeGet.ts';

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let connections = 0;
const server = createServer((request, response) => answer(request, response)).on('connection', () => {
  connections += 1;
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (get: Get = nodeGet(), mostBytes = 1_000_000, signal = new AbortController().signal) =>
  get(url, { headers: { authorization: 'Bearer x' }, signal, mostBytes });
const text = 'ü{"value":[]}'.repeat(20_000);

describe('a GET', () => {
  it('brings status, headers and the whole body, and sends what it was given', async () => {
    let sent: IncomingMessage['headers'] = {};
    answer = ({ headers }, response) => {
      sent = headers;
      response.writeHead(404, { 'Retry-After': '5' }).write('{"a"');
      response.end(':1}');
    };
    const { status, headers, body } = await ask();
    expect([status, headers['retry-after'], Buffer.from(body).toString()]).toEqual([404, '5', '{"a":1}']);
    expect(sent).toMatchObject({ authorization: 'Bearer x', 'accept-encoding': 'gzip, deflate' });
  });

  it.each([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['identity', Buffer.from(text)],
  ])('unpacks %s', async (coding, packed) => {
    answer = (_, response) => void response.writeHead(200, { 'content-encoding': coding }).end(packed);
    expect(Buffer.from((await ask()).body).toString() === text).toBe(true);
  });

  it('may bring nothing', async () => {
    answer = (_, response) => void response.writeHead(204).end();
    expect((await ask()).body).toHaveLength(0);
  });

  it.each([
    ['as it comes', (response: ServerResponse) => response.end(Buffer.alloc(100_001))],
    [
      'when it is unpacked',
      (response: ServerResponse) =>
        response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(10_000_000))),
    ],
  ])('refuses a body that is too large, %s', async (_, send) => {
    answer = (__, response) => void send(response);
    await expect(ask(nodeGet(), 100_000)).rejects.toThrow(BodyTooLarge);
  });

  it('does not follow a redirect', async () => {
    let arrived = 0;
    answer = (_, response) => {
      arrived += 1;
      response.writeHead(302, { location: url }).end();
    };
    expect((await ask()).status).toBe(302);
    expect(arrived).toBe(1);
  });

  it('uses a connection again', async () => {
    answer = (_, response) => void response.end('{}');
    const get = nodeGet();
    await ask(get);
    const before = connections;
    await ask(get);
    expect(connections).toBe(before);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['before it answers', (response) => response.socket?.destroy()],
    [
      'in the middle of its answer',
      (response) => response.writeHead(200, { 'content-length': '10' }).write('{', () => response.destroy()),
    ],
    ['of broken packing', (response) => response.setHeader('content-encoding', 'gzip').end('{"a":1}')],
    ['of packing that nobody asked for', (response) => response.setHeader('content-encoding', 'br').end('{"a":1}')],
  ])('fails where the other side ends it %s', async (_, end) => {
    answer = (__, response) => void end(response);
    await expect(ask()).rejects.toThrow();
  });

  it('is given up when nobody wants it any more', async () => {
    answer = () => undefined;
    const over = new AbortController();
    const asked = ask(nodeGet(), 10, over.signal);
    setImmediate(() => over.abort());
    await expect(asked).rejects.toThrow('abort');
  });
});

describe('a connection', () => {
  const opened: Socket[] = [];
  const note = (message: unknown) => void opened.push((message as { readonly socket: Socket }).socket);
  beforeAll(() => subscribe('net.client.socket', note));
  afterAll(() => void unsubscribe('net.client.socket', note));
  beforeEach(() => void opened.splice(0));
  /** The time that a connection may be at rest is over, without waiting for it. */
  const rest = (socket: Socket | undefined) => socket?.emit('timeout');

  it('at rest is closed sooner than servers close theirs, which say nothing of it', async () => {
    answer = (_, response) => void response.setHeader('connection', 'keep-alive').end('{}');
    await ask();
    expect(opened.map(({ timeout }) => timeout)).toEqual([4000]);
  });

  it('that was closed after its rest is not used again', async () => {
    answer = (_, response) => void response.end('{}');
    const get = nodeGet();
    await ask(get);
    rest(opened[0]);
    expect(opened[0]?.destroyed).toBe(true);
    expect((await ask(get)).status).toBe(200);
    expect(opened).toHaveLength(2);
  });

  it('stays open for a call that takes longer than it may rest', async () => {
    answer = (_, response) => {
      rest(opened[0]);
      response.end('{}');
    };
    expect((await ask()).status).toBe(200);
    expect(opened).toHaveLength(1);
  });
});
