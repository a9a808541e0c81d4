/** Stands before the three services of Azurite, and spoils what it is told to: the gateway's storage as it is on a bad day. */
import { Agent, createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../src/clock.ts';
import { listen } from '../../../src/local/listen.ts';
import type { Azurite } from '../../../src/local/stack/azurite.ts';
import type { Spoil } from './spoiling.ts';

export interface StorageProxy {
  /** For who is to use it in place of Azurite's own. */
  readonly connectionString: string;
  /** How many of each kind there were. */
  readonly spoilt: Readonly<Record<Exclude<Spoil['kind'], 'none'>, number>>;
  stop(): Promise<void>;
}

export interface StorageProxyOptions {
  readonly azurite: Pick<Azurite, 'connectionString' | 'blobs' | 'queues' | 'tables'>;
  /** Asked once for each request. */
  readonly spoil: () => Spoil;
  readonly clock: Clock;
}

export const startStorageProxy = async ({ azurite, spoil, clock }: StorageProxyOptions): Promise<StorageProxy> => {
  const spoilt = { busy: 0, cutBefore: 0, cutAfter: 0, slow: 0 };
  const agent = new Agent({ keepAlive: true });
  const before = async (target: string) => {
    const { origin } = new URL(target);
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const what = spoil();
      if (what.kind !== 'none') spoilt[what.kind] += 1;
      const asked = { origin, agent, request, response };
      spoiled(what, asked, clock).catch(() => response.destroy());
    });
    return { ...(await listen(server, 0)), origin };
  };
  const fronts = await Promise.all([azurite.blobs, azurite.queues, azurite.tables].map(before));
  return {
    connectionString: fronts.reduce((text, { origin, url }) => text.replace(origin, url), azurite.connectionString),
    spoilt,
    async stop() {
      agent.destroy();
      await Promise.all(fronts.map((front) => front.stop()));
    },
  };
};

interface Asked {
  readonly origin: string;
  readonly agent: Agent;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const spoiled = async (what: Spoil, asked: Asked, clock: Clock): Promise<void> => {
  const { request, response } = asked;
  // Whole before anything else: what a caller breaks off never came.
  const body = await buffer(request);
  switch (what.kind) {
    case 'cutBefore':
      return void response.destroy();
    case 'busy':
      return void response.writeHead(503, { 'x-ms-error-code': 'ServerBusy', 'content-length': '0' }).end();
    case 'cutAfter':
      await forwarded(asked, body);
      return void response.destroy();
    case 'slow':
      await clock.sleep(what.milliseconds);
      return answer(response, await forwarded(asked, body));
    case 'none':
      return answer(response, await forwarded(asked, body));
  }
};

interface Answered {
  readonly from: IncomingMessage;
  readonly body: Buffer;
}

const forwarded = ({ origin, agent, request }: Asked, body: Buffer): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { method, headers, url: path = '/' } = request;
    const sent = open(`${origin}${path}`, { method, headers: headersOf(headers, body), agent }, (from) => {
      buffer(from).then((body) => resolve({ from, body }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Those that are about one connection are not for the next. */
const headersOf = (
  { connection: _, 'transfer-encoding': __, ...headers }: IncomingMessage['headers'],
  body: Buffer,
) => ({
  ...headers,
  'content-length': String(body.length),
});

const answer = (response: ServerResponse, { from, body }: Answered): void => {
  const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...headers } = from.headers;
  const isBare = from.statusCode === 204 || from.statusCode === 304;
  const length = isBare || 'content-length' in headers ? {} : { 'content-length': String(body.length) };
  response.writeHead(from.statusCode ?? 502, { ...headers, ...length });
  response.end(body);
};
