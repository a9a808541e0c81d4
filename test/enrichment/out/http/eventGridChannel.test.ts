import { createToken, type Token } from '../../../../src/defender/token.ts';
import { alertEvent } from '../../../../src/enrichment/out/alertEvent.ts';
import { claimOf } from '../../../../src/enrichment/out/claim.ts';
import {
  type EventGridOptions,
  eventGridChannel,
  eventGridScope,
} from '../../../../src/enrichment/out/http/eventGridChannel.ts';
import { nodePost } from '../../../../src/enrichment/out/http/nodePost.ts';
import { readTopicEndpoint } from '../../../../src/enrichment/out/http/topicEndpoint.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { finished, longer } from '../support/finished.ts';
import { type ReceivingServer, receivingServer } from './support/receivingServer.ts';

let server: ReceivingServer;
beforeAll(async () => {
  server = await receivingServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const event = alertEvent(finished());
const channelOf = (options: Partial<EventGridOptions> = {}) =>
  eventGridChannel({
    endpoint: readTopicEndpoint(`http://127.0.0.1:${server.port}/api/events`),
    credential: { key: 'a key' },
    clock: fakeClock(),
    post: nodePost({ addressFault: () => undefined }),
    ...options,
  });
const answering = (status: number, headers: Record<string, string> = {}, body = '') => {
  server.answer = (response) => void response.writeHead(status, headers).end(body);
};

describe('an Event Grid topic', () => {
  it('gets a batch of one CloudEvent, with its key', async () => {
    answering(200);
    expect(await channelOf().send(event)).toEqual({ kind: 'sent' });
    const [{ method, path, headers, body } = { headers: {} }] = server.arrived;
    expect([method, path]).toEqual(['POST', '/api/events?api-version=2018-01-01']);
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
      'aeg-sas-key': 'a key',
    });
    expect(headers.authorization).toBeUndefined();
    expect(JSON.parse(String(body))).toEqual([event]);
  });

  it('is told the version of the call once, also where its address has it', async () => {
    await channelOf({ endpoint: `http://127.0.0.1:${server.port}/api/events?api-version=2015-01-01` }).send(event);
    expect(server.arrived[0]?.path).toBe('/api/events?api-version=2018-01-01');
  });

  it('gets a claim of an event over 1 MB, and of what it calls too large', async () => {
    const tooLarge = alertEvent(longer(1_000_000));
    const large = alertEvent(longer(900_000));
    server.answer = (response, { body }) => void response.writeHead(body.length > 500_000 ? 413 : 200).end();
    expect([await channelOf().send(tooLarge), await channelOf().send(large)]).toEqual([
      { kind: 'sent' },
      { kind: 'sent' },
    ]);
    const bodies = server.arrived.map(({ body }) => JSON.parse(String(body)));
    expect(bodies).toEqual([[claimOf(tooLarge)], [large], [claimOf(large)]]);
  });

  it.each([
    [302, 'it answered 302: no'],
    [400, 'it answered 400: no (does the topic take the CloudEvents schema?)'],
    [
      401,
      "it answered 401: no (is EVENT_GRID_TOPIC_KEY one of the topic's keys, or has the identity the role EventGrid Data Sender?)",
    ],
    [404, 'it answered 404: no (is EVENT_GRID_TOPIC_ENDPOINT right?)'],
    [410, 'it answered 410: no'],
    [500, 'it answered 500: no'],
  ])('that answers %i is tried again, and what may be amiss is told', async (status, reason) => {
    answering(status, {}, 'no');
    expect(await channelOf().send(event)).toEqual({ kind: 'failed', reason });
  });

  it('may ask for a pause', async () => {
    answering(429, { 'retry-after': '30' });
    expect(await channelOf().send(event)).toMatchObject({ kind: 'failed', retryAfterSeconds: 30 });
  });
});

describe("the gateway's identity", () => {
  const tokens = (): { readonly asked: [string, boolean][]; readonly token: Token } => {
    const clock = fakeClock();
    const asked: [string, boolean][] = [];
    const source = async (scope: string, fresh: boolean) => {
      asked.push([scope, fresh]);
      return { token: `token ${asked.length}`, expiresAt: clock.wall() + 3_600_000 };
    };
    return { asked, token: createToken(source, eventGridScope, clock) };
  };

  it('speaks where there is no key', async () => {
    const { asked, token } = tokens();
    await channelOf({ credential: token }).send(event);
    expect(server.arrived[0]?.headers).toMatchObject({ authorization: 'Bearer token 1' });
    expect(server.arrived[0]?.headers['aeg-sas-key']).toBeUndefined();
    expect(asked).toEqual([['https://eventgrid.azure.net/.default', false]]);
  });

  it('gets a fresh token once the topic refused one', async () => {
    const { asked, token } = tokens();
    const channel = channelOf({ credential: token });
    answering(401);
    expect(await channel.send(event)).toMatchObject({ kind: 'failed' });
    answering(200);
    expect(await channel.send(event)).toEqual({ kind: 'sent' });
    expect(asked.map(([, fresh]) => fresh)).toEqual([false, true]);
  });

  it('that gives no token makes it fail for now, and nothing is sent', async () => {
    const token = createToken(() => Promise.reject(new Error('no identity')), eventGridScope, fakeClock());
    expect(await channelOf({ credential: token }).send(event)).toEqual({
      kind: 'failed',
      reason: "the gateway's managed identity gave no token for Event Grid: no identity",
    });
    expect(server.connections).toHaveLength(0);
  });
});

describe("a topic's endpoint", () => {
  it.each([
    'https://alerts.westeurope-1.eventgrid.azure.net/api/events',
    'http://127.0.0.1:7074/api/events',
    'http://localhost:7074/api/events',
    'http://[::1]:7074/api/events',
  ])('may be %s', (text) => {
    expect(readTopicEndpoint(text)).toBe(text);
  });

  it.each([
    ['alerts.westeurope-1.eventgrid.azure.net', 'is no address'],
    ['http://alerts.westeurope-1.eventgrid.azure.net/api/events', 'must begin with https:// and a host'],
    ['https://me:word@alerts.westeurope-1.eventgrid.azure.net/api/events', 'must begin with https:// and a host'],
  ])('may not be %s', (text, fault) => {
    expect(() => readTopicEndpoint(text)).toThrow(
      `${fault}: write the topic's endpoint as its overview in the portal shows it, such as https://alerts.westeurope-1.eventgrid.azure.net/api/events`,
    );
  });
});
