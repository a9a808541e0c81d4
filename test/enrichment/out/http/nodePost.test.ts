import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type NodePostOptions, nodePost } from '../../../../src/enrichment/out/http/nodePost.ts';
import { addressFault } from '../../../../src/enrichment/out/http/receiver.ts';
import { until } from '../../../support/until.ts';
import { certificate, type ReceivingServer, receivingServer } from './support/receivingServer.ts';

let plain: ReceivingServer;
let secure: ReceivingServer;
beforeAll(async () => {
  plain = await receivingServer();
  secure = await receivingServer(true);
});
beforeEach(() => {
  plain.reset();
  secure.reset();
});
afterAll(() => Promise.all([plain.close(), secure.close()]));

const anywhere = () => undefined;
const here = (host = '127.0.0.1') => `http://${host}:${plain.port}/alerts?sig=1`;
const send = (url: string, options: Partial<NodePostOptions> = {}, signal = new AbortController().signal) =>
  nodePost({ addressFault: anywhere, ...options })(url, {
    headers: { 'content-type': 'text/plain', 'webhook-id': 'a~1' },
    body: Buffer.from('ü'),
    signal,
  });

describe('a POST', () => {
  it('carries its headers and its body as they are', async () => {
    await send(here());
    expect(plain.arrived).toMatchObject([
      {
        method: 'POST',
        path: '/alerts?sig=1',
        headers: {
          'content-type': 'text/plain',
          'webhook-id': 'a~1',
          'content-length': '2',
          host: `127.0.0.1:${plain.port}`,
        },
        body: Buffer.from('ü'),
      },
    ]);
  });

  it('brings the status, how long to stay away, and how the answer begins', async () => {
    plain.answer = (response) => void response.writeHead(503, { 'retry-after': '7' }).end('busy');
    expect(await send(here())).toEqual({ status: 503, retryAfter: '7', text: 'busy' });
  });

  it('may be answered with nothing', async () => {
    expect(await send(here())).toEqual({ status: 204, retryAfter: null, text: '' });
  });

  it('reads a KiB of an answer that never ends, and hangs up', async () => {
    plain.answer = (response) => {
      const more = () => response.write('x'.repeat(10_000), (fault) => fault ?? more());
      more();
    };
    expect((await send(here())).text).toBe('x'.repeat(1024));
    await until('the connection to end', () => plain.connections[0]?.destroyed);
  });

  it('does not follow a redirect', async () => {
    plain.answer = (response) => void response.writeHead(307, { location: here() }).end();
    expect((await send(here())).status).toBe(307);
    expect(plain.arrived).toHaveLength(1);
  });

  it('takes a connection of its own each time', async () => {
    plain.answer = (response) => void response.setHeader('connection', 'keep-alive').end();
    const post = nodePost({ addressFault: anywhere });
    const options = { headers: {}, body: Buffer.from(''), signal: new AbortController().signal };
    await post(here(), options);
    await post(here(), options);
    expect(plain.connections).toHaveLength(2);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['hangs up', (response) => response.socket?.destroy()],
    ['answers what is no HTTP', (response) => response.socket?.end('hello\r\n\r\n')],
    [
      'wants to speak another protocol',
      (response) => response.writeHead(101, { upgrade: 'x', connection: 'upgrade' }).end(),
    ],
  ])('fails where the receiver %s', async (_, answer) => {
    plain.answer = answer;
    await expect(send(here())).rejects.toThrow();
  });

  it('fails where nobody listens', async () => {
    const gone = await receivingServer();
    await gone.close();
    await expect(send(`http://127.0.0.1:${gone.port}/`)).rejects.toThrow('ECONNREFUSED');
  });

  it.each([500, 200])('that is given up in the middle of an answer of %i was answered nevertheless', async (status) => {
    plain.answer = (response) => void response.writeHead(status).write('it bro');
    const over = new AbortController();
    const answered = () => void setImmediate(() => over.abort(new Error('too late')));
    subscribe('http.client.response.finish', answered);
    try {
      expect(await send(here(), {}, over.signal)).toEqual({ status, retryAfter: null, text: 'it bro' });
    } finally {
      unsubscribe('http.client.response.finish', answered);
    }
    expect(over.signal.aborted).toBe(true);
  });

  it('ends when it is given up, with the reason', async () => {
    const over = new AbortController();
    plain.answer = () => over.abort(new Error('too late'));
    await expect(send(here(), {}, over.signal)).rejects.toThrow('too late');
    await until('the connection to end', () => plain.connections[0]?.destroyed);
  });

  it('ends when it is given up while a name is looked up, and when it was before', async () => {
    const over = new AbortController();
    const hanging = () =>
      send('https://hooks.contoso.com/', { resolve: () => new Promise(() => undefined) }, over.signal);
    const sent = hanging();
    over.abort(new Error('too late'));
    await expect(sent).rejects.toThrow('too late');
    await expect(hanging()).rejects.toThrow('too late');
    await expect(send(here(), {}, over.signal)).rejects.toThrow('too late');
    expect(plain.arrived).toHaveLength(0);
  });
});

describe('a name', () => {
  const leadingTo = (...addresses: string[]) => {
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return addresses;
    };
    return { asked, resolve };
  };
  const publicOnly = (host: string, address: string) => addressFault(host, address, false);

  it('is looked up once, and what it leads to is connected to', async () => {
    const { asked, resolve } = leadingTo('127.0.0.1');
    expect((await send(here('hooks.contoso.com'), { resolve })).status).toBe(204);
    expect(asked).toEqual(['hooks.contoso.com']);
    expect(plain.arrived[0]?.headers.host).toBe(`hooks.contoso.com:${plain.port}`);
  });

  it('may lead to several addresses, of which one answers', async () => {
    const { resolve } = leadingTo('::1', '127.0.0.1');
    expect((await send(here('hooks.contoso.com'), { resolve })).status).toBe(204);
  });

  it.each([
    [['127.0.0.1'], '127.0.0.1'],
    [['169.254.169.254'], '169.254.169.254'],
    [['8.8.8.8', '127.0.0.1'], '127.0.0.1'],
    [['2606:4700::1', '::ffff:127.0.0.1'], '::ffff:127.0.0.1'],
    [['fe80::1%lo'], 'fe80::1%lo'],
  ])('that leads to %j is not spoken to', async (addresses, wrong) => {
    const { resolve } = leadingTo(...addresses);
    await expect(send(here('hooks.contoso.com'), { resolve, addressFault: publicOnly })).rejects.toThrow(
      `hooks.contoso.com leads to ${wrong}, which is no public address`,
    );
    expect(plain.connections).toHaveLength(0);
  });

  it('is looked up anew each time, for it may lead elsewhere the next moment', async () => {
    const addresses = [['127.0.0.1'], ['10.0.0.1']];
    const notPrivate = (host: string, address: string) =>
      address.startsWith('10.') ? publicOnly(host, address) : undefined;
    const post = nodePost({ addressFault: notPrivate, resolve: async () => addresses.shift() ?? [] });
    const options = { headers: {}, body: Buffer.from(''), signal: new AbortController().signal };
    const url = here('hooks.contoso.com');
    expect((await post(url, options)).status).toBe(204);
    await expect(post(url, options)).rejects.toThrow('leads to 10.0.0.1');
    await expect(post(url, options)).rejects.toThrow('leads to no address');
  });

  it('that is no name but an address is looked at, too, and not looked up', async () => {
    const { asked, resolve } = leadingTo('8.8.8.8');
    await expect(send(here(), { resolve, addressFault: publicOnly })).rejects.toThrow('127.0.0.1 is no public address');
    await expect(send(`http://[::1]:${plain.port}/`, { resolve, addressFault: publicOnly })).rejects.toThrow(
      '::1 is no',
    );
    expect([asked, plain.connections]).toEqual([[], []]);
  });

  it('of this machine is found by its own resolver', async () => {
    expect(
      (await send(here('localhost'), { addressFault: (host, address) => addressFault(host, address, true) })).status,
    ).toBe(204);
  });

  it('that nobody knows fails', async () => {
    const resolve = () => Promise.reject(new Error('getaddrinfo ENOTFOUND nobody.invalid'));
    await expect(send('https://nobody.invalid/', { resolve })).rejects.toThrow('ENOTFOUND');
  });
});

describe('a connection', () => {
  const elsewhere = (message: unknown) => {
    Object.defineProperty((message as { readonly socket: Socket }).socket, 'remoteAddress', { value: '10.0.0.1' });
  };

  it('that was led elsewhere after all carries nothing', async () => {
    subscribe('net.client.socket', elsewhere);
    const fault = (_: string, address: string) => (address === '10.0.0.1' ? 'it leads elsewhere' : undefined);
    try {
      await expect(send(here(), { addressFault: fault })).rejects.toThrow('it leads elsewhere');
    } finally {
      unsubscribe('net.client.socket', elsewhere);
    }
    const [connection] = await until('the connection', () => plain.connections.length > 0 && plain.connections);
    if (connection && !connection.closed) await once(connection, 'close');
    expect([plain.arrived, connection?.bytesRead]).toEqual([[], 0]);
  });
});

describe('TLS', () => {
  const there = (host: string) => `https://${host}:${secure.port}/`;

  it('is spoken with the name of the receiver', async () => {
    expect((await send(there('localhost'), { trusted: certificate })).status).toBe(204);
    expect(secure.arrived).toMatchObject([{ servername: 'localhost', headers: { host: `localhost:${secure.port}` } }]);
  });

  it.each([
    ['that nobody vouches for', 'localhost', {}, 'self-signed certificate'],
    ["with another's name", 'hooks.contoso.com', { trusted: certificate }, "does not match certificate's altnames"],
  ])('with a certificate %s is broken off', async (_, host, options, fault) => {
    await expect(send(there(host), { ...options, resolve: async () => ['127.0.0.1'] })).rejects.toThrow(fault);
    expect(secure.arrived).toHaveLength(0);
  });

  it('that the receiver does not speak fails', async () => {
    await expect(send(`https://127.0.0.1:${plain.port}/`)).rejects.toThrow();
  });
});
