import { createHmac } from 'node:crypto';
import { alertEvent } from '../../../../src/enrichment/out/alertEvent.ts';
import { claimOf } from '../../../../src/enrichment/out/claim.ts';
import { readAllowedHosts } from '../../../../src/enrichment/out/http/allowedHosts.ts';
import { nodePost } from '../../../../src/enrichment/out/http/nodePost.ts';
import { addressFault } from '../../../../src/enrichment/out/http/receiver.ts';
import { type WebhookOptions, webhookChannel } from '../../../../src/enrichment/out/http/webhookChannel.ts';
import { readWebhookSecrets } from '../../../../src/enrichment/out/http/webhookSecrets.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { until } from '../../../support/until.ts';
import { finished, longer } from '../support/finished.ts';
import { type Arrived, type ReceivingServer, receivingServer } from './support/receivingServer.ts';

let server: ReceivingServer;
beforeAll(async () => {
  server = await receivingServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const event = alertEvent(finished());
const keys = ['old key, of 24 bytes, say', 'new key, of 24 bytes, say'].map((text) => Buffer.from(text));
const secrets = readWebhookSecrets(keys.map((key) => `whsec_${key.toString('base64')}`).join(' '));

const channelOf = (options: Partial<WebhookOptions> = {}) => {
  const url = options.url ?? `http://127.0.0.1:${server.port}/alerts?sig=hidden`;
  const allowedHosts = readAllowedHosts(new URL(url).host);
  const post = nodePost({ addressFault: (host, address) => addressFault(host, address, true) });
  return webhookChannel({ url, secrets, allowedHosts, mayLoopback: true, clock: fakeClock(), post, ...options });
};
/** The one request that came. */
const only = (): Arrived => {
  const [arrived, ...more] = server.arrived;
  if (!arrived || more.length > 0) throw new Error(`${server.arrived.length} requests came`);
  return arrived;
};
const answering = (status: number, headers: Record<string, string> = {}, body = '') => {
  server.answer = (response) => void response.writeHead(status, headers).end(body);
};

describe('the webhook', () => {
  it('gets the event as a CloudEvent in structured JSON', async () => {
    expect(await channelOf().send(event)).toEqual({ kind: 'sent' });
    const { method, path, headers, body } = only();
    expect([method, path]).toEqual(['POST', '/alerts?sig=hidden']);
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'defender-machine-gateway',
      'webhook-id': event.id,
    });
    expect(JSON.parse(String(body))).toEqual(event);
  });

  it('gets a signature for each secret, of id, time in seconds and body, as a receiver sees them', async () => {
    const clock = fakeClock();
    await channelOf({ clock }).send(alertEvent(finished({ reason: 'ü“😀' })));
    const { headers, body } = only();
    expect(headers['webhook-timestamp']).toBe(String(Math.floor(clock.wall() / 1000)));
    const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(text).digest('base64')}`);
    expect(headers['webhook-signature']).toBe(signatures.join(' '));
  });

  it('gets the same id and body each time, signed at the time of the attempt', async () => {
    const clock = fakeClock();
    const channel = channelOf({ clock });
    await channel.send(event);
    await clock.advance(60_000);
    await channel.send(event);
    const [first, second] = server.arrived;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toEqual(first?.body);
    expect(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp'])).toBe(60);
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
  });

  it('gets an event of half a MiB whole, and a claim of one over a MiB', async () => {
    const large = alertEvent(longer(512 * 1024));
    const tooLarge = alertEvent(longer(1024 * 1024));
    await channelOf().send(large);
    await channelOf().send(tooLarge);
    expect(server.arrived.map(({ body }) => JSON.parse(String(body)))).toEqual([large, claimOf(tooLarge)]);
  });

  it('gets a claim of what it calls too large, signed for itself', async () => {
    server.answer = (response, { body }) => void response.writeHead(body.length > 1000 ? 413 : 204).end();
    expect(await channelOf().send(event)).toEqual({ kind: 'sent' });
    const [whole, claim] = server.arrived;
    expect(JSON.parse(String(claim?.body))).toEqual(claimOf(event));
    expect(claim?.headers['webhook-signature']).not.toBe(whole?.headers['webhook-signature']);
  });

  it('that takes no claim, either, has failed', async () => {
    answering(413);
    expect(await channelOf().send(event)).toEqual({ kind: 'failed', reason: 'it answered 413' });
    expect(await channelOf().send(claimOf(event))).toEqual({ kind: 'failed', reason: 'it answered 413' });
    expect(server.arrived).toHaveLength(3);
  });
});

describe('an answer of the webhook', () => {
  it.each([200, 201, 202, 204, 299])('of %i: it was sent', async (status) => {
    answering(status);
    expect(await channelOf().send(event)).toEqual({ kind: 'sent' });
  });

  it('of 410: it wants no more', async () => {
    answering(410);
    expect(await channelOf().send(event)).toEqual({
      kind: 'refused',
      reason: 'it answered 410: it wants no more of these',
    });
  });

  it.each([301, 302, 303, 307, 308])('of %i leads nowhere', async (status) => {
    answering(status, { location: `http://127.0.0.1:${server.port}/other` });
    expect(await channelOf().send(event)).toEqual({
      kind: 'failed',
      reason: `it answers with a redirect (${status}), which is not followed: write the last address in WEBHOOK_URL`,
    });
    expect(server.arrived).toHaveLength(1);
  });

  it.each([400, 401, 404, 429, 500, 502, 503, 504])('of %i: another time', async (status) => {
    answering(status, {}, ' out\n\u0000 of\u202e order ');
    expect(await channelOf().send(event)).toEqual({
      kind: 'failed',
      reason: `it answered ${status}: out of order`,
    });
  });

  it.each([
    ['429', 429, '7', 7],
    ['503', 503, '120', 120],
    ['any other fault', 500, '1.2', 2],
    ['a fault, of more than a day', 503, '999999999', 86_400],
  ])('says by %s when it may be tried again', async (_, status, header, seconds) => {
    answering(status, { 'retry-after': header });
    expect(await channelOf().send(event)).toMatchObject({ kind: 'failed', retryAfterSeconds: seconds });
  });

  it('may say so by a date', async () => {
    const clock = fakeClock();
    const date = new Date(clock.wall() + 90_000).toUTCString();
    answering(503, { 'retry-after': date });
    const sent = await channelOf({ clock }).send(event);
    expect(sent).toMatchObject({
      kind: 'failed',
      retryAfterSeconds: Math.ceil((Date.parse(date) - clock.wall()) / 1000),
    });
  });

  it('may say so in a way that nobody understands', async () => {
    answering(503, { 'retry-after': 'soon' });
    expect(await channelOf().send(event)).toEqual({ kind: 'failed', reason: 'it answered 503' });
  });

  it('is told in 200 characters', async () => {
    answering(500, {}, '😀'.repeat(1000));
    const sent = await channelOf().send(event);
    const reason = sent.kind === 'failed' ? sent.reason : '';
    expect([...reason]).toHaveLength(200);
    expect(() => encodeURIComponent(reason)).not.toThrow();
  });
});

describe('a webhook that does not answer', () => {
  it('is given up after 15 s', async () => {
    const clock = fakeClock();
    server.answer = () => undefined;
    const sent = channelOf({ clock }).send(event);
    await until('the request', () => server.arrived.length === 1);
    await clock.advance(14_999);
    expect(server.connections[0]?.destroyed).toBe(false);
    await clock.advance(1);
    expect(await sent).toEqual({ kind: 'failed', reason: 'there was no answer within 15 s' });
  });

  it('in time, whole and as a claim, is given up after 15 s in all', async () => {
    const clock = fakeClock();
    server.answer = (response, { body }) => {
      if (body.length > 1000) void clock.advance(14_000).then(() => response.writeHead(413).end());
    };
    const sent = channelOf({ clock }).send(event);
    await until('both requests', () => server.arrived.length === 2);
    await clock.advance(1000);
    expect(await sent).toEqual({ kind: 'failed', reason: 'there was no answer within 15 s' });
  });

  it('at all may do so another time', async () => {
    const gone = await receivingServer();
    await gone.close();
    const sent = await channelOf({ url: `http://127.0.0.1:${gone.port}/?sig=hidden` }).send(event);
    expect(sent).toEqual({ kind: 'failed', reason: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify(sent)).not.toContain('hidden');
  });

  it('at any of its addresses may do so another time', async () => {
    const gone = await receivingServer();
    await gone.close();
    const post = nodePost({ addressFault: () => undefined, resolve: async () => ['127.0.0.1', '127.0.0.2'] });
    const sent = await channelOf({ url: `https://hooks.contoso.com:${gone.port}/`, post }).send(event);
    expect(sent).toEqual({ kind: 'failed', reason: 'ECONNREFUSED' });
  });
});

describe('a webhook that has answered', () => {
  it('leaves no timer behind', async () => {
    const clock = fakeClock();
    const waits: (AbortSignal | undefined)[] = [];
    const sleep = (milliseconds: number, signal?: AbortSignal) => {
      waits.push(signal);
      return clock.sleep(milliseconds, signal);
    };
    await channelOf({ clock: { ...clock, sleep } }).send(event);
    expect(waits.map((signal) => signal?.aborted)).toEqual([true]);
  });
});

describe('a webhook that must not be spoken to', () => {
  it.each<[string, Partial<WebhookOptions>, string]>([
    ['is not on the list', { allowedHosts: [] }, 'WEBHOOK_URL is on 127.0.0.1'],
    ['is this machine', { mayLoopback: false }, 'WEBHOOK_URL is http and not encrypted'],
    ['has a password', { url: 'https://a:b@hooks.contoso.com/' }, 'WEBHOOK_URL holds a user name or a password'],
    ['is a private address', { url: 'https://10.0.0.1/' }, 'WEBHOOK_URL 10.0.0.1 is no public address'],
  ])('because it %s is not, for good', async (_, options, reason) => {
    const sent = await channelOf(options).send(event);
    expect(sent).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
    expect(server.connections).toHaveLength(0);
  });

  it('because its name leads to a private address is not, until it leads elsewhere', async () => {
    const resolve = async () => ['127.0.0.1'];
    const post = nodePost({ addressFault: (host, address) => addressFault(host, address, true), resolve });
    const url = `https://hooks.contoso.com:${server.port}/`;
    expect(await channelOf({ url, post }).send(event)).toEqual({
      kind: 'failed',
      reason: 'hooks.contoso.com leads to 127.0.0.1, which is no public address',
    });
    expect(server.connections).toHaveLength(0);
  });
});
