import { createHmac } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import type { AlertEvent } from '../../src/enrichment/event.ts';
import type { FleetSummary } from '../../src/local/simulator/fleetSummary.ts';
import { type ReceivingServer, receivingServer } from '../enrichment/out/http/support/receivingServer.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';

/** Longer than a loaded machine takes. */
const patienceMs = 30_000;
const secret = Buffer.from('a secret of 24 bytes, ok');

let receiver: ReceivingServer;
let gateway: Gateway;
let fleet: FleetSummary;
beforeAll(async () => {
  receiver = await receivingServer();
  gateway = await startGateway({
    environment: {
      WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/alerts`,
      WEBHOOK_SECRETS: `whsec_${secret.toString('base64')}`,
      WEBHOOK_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`,
      EVENT_GRID_TOPIC_ENDPOINT: `http://127.0.0.1:${receiver.port}/api/events`,
      EVENT_GRID_TOPIC_KEY: 'the key of the topic',
    },
  });
  fleet = (await gateway.control('GET', 'fleet')) as FleetSummary;
});
afterAll(async () => {
  await gateway.stop();
  await receiver.close();
});

const queue = (name: string) => new QueueClient(gateway.storage.connectionString, name);

/** An alert that names the machine of the example; other products have ids in any form. */
const alertOf = (id: string) => ({ alertId: `ta637472900382838869_${id}`, machineId: fleet.examples.machineId });

/** What the queue `enriched-alerts` holds of an alert, once it is there; it stays. */
const toldOf = async (alertId: string): Promise<AlertEvent> => {
  const client = queue('enriched-alerts');
  return until(
    `the event of ${alertId}`,
    async () => {
      const peeked = await client.peekMessages({ numberOfMessages: 32 }).catch(() => undefined);
      const events = (peeked?.peekedMessageItems ?? []).map(
        ({ messageText }): AlertEvent => JSON.parse(Buffer.from(messageText, 'base64').toString()),
      );
      return events.find(({ subject }) => subject === alertId);
    },
    patienceMs,
  );
};

const shownOf = async (alertId: string) =>
  JSON.parse(await (await gateway.get(`/gateway/alerts/${alertId}`, { prefer: 'wait=60' })).text());

/** An alert, once there is a reason for how it stands. */
const reasoned = async (alertId: string) => {
  const shown = JSON.parse(await (await gateway.get(`/gateway/alerts/${alertId}`)).text());
  return shown.reason !== undefined && shown;
};

describe('an alert in the queue alerts-in', () => {
  it.each([
    ['plain', 'plain1', (text: string) => text],
    ['base64', 'base641', (text: string) => Buffer.from(text).toString('base64')],
  ])('is taken as %s text, and told of in the queue enriched-alerts', async (_, id, written) => {
    const alert = alertOf(id);
    const client = queue('alerts-in');
    await client.createIfNotExists();
    await client.sendMessage(written(JSON.stringify(alert)));
    const event = await toldOf(alert.alertId);
    expect(event).toMatchObject({ type: 'defender.gateway.alert.enriched.v1', data: { alert } });
    expect(event).toEqual((await shownOf(alert.alertId)).result);
  });
});

describe('a result', () => {
  it('goes to the webhook, signed, and to the topic, the same event each time', async () => {
    const alert = alertOf('channels');
    await gateway.post('/gateway/alerts', alert);
    const event = await toldOf(alert.alertId);
    const ofAlert = () => receiver.arrived.filter(({ body }) => body.includes(alert.alertId));
    await until('both receivers', () => ofAlert().length === 2, patienceMs);
    const webhook = ofAlert().find(({ path }) => path === '/alerts');
    const topic = ofAlert().find(({ path }) => path.startsWith('/api/events'));
    expect(JSON.parse(String(webhook?.body))).toEqual(event);
    expect(JSON.parse(String(topic?.body))).toEqual([event]);
    expect(topic?.headers['aeg-sas-key']).toBe('the key of the topic');
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = webhook?.headers ?? {};
    expect(id).toBe(event.id);
    const expected = createHmac('sha256', secret).update(`${id}.${at}.${webhook?.body}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
  });

  it('that is too big for a message is a claim, whose link leads to it', async () => {
    const alert = { ...alertOf('big'), text: 'x'.repeat(100_000) };
    await gateway.post('/gateway/alerts', alert);
    const { data, dataref = '' } = await toldOf(alert.alertId);
    expect(data).toBeUndefined();
    expect(dataref).toMatch(/^http:\/\/127\.0\.0\.1:/);
    const { pathname } = new URL(dataref);
    expect(JSON.parse(await (await gateway.get(pathname)).text()).result.data.alert).toEqual(alert);
  });
});

describe('an alert that can not be enriched now', () => {
  it('waits, says why and until when, and is enriched when Defender answers again', async () => {
    const [alertId = ''] = Object.values(fleet.alertIds);
    await gateway.faults([{ match: {}, do: { status: 503 } }]);
    await gateway.post('/gateway/alerts', { alertId });
    const waiting = await until('a try in vain', async () => reasoned(alertId), patienceMs);
    expect(waiting).toMatchObject({ state: 'waiting', tries: 1, reason: expect.stringContaining('503') });
    expect(Date.parse(waiting.nextTry)).toBeGreaterThan(Date.parse(waiting.receivedAt));
    await gateway.faults([]);
    await gateway.post(`/gateway/alerts/${alertId}/replay`, {});
    expect((await shownOf(alertId)).state).toBe('enriched');
  });

  it('waits while it is young and Defender does not know it', async () => {
    const ticks = (BigInt(Date.now()) + 62_135_596_800_000n) * 10_000n;
    const alertId = `da${ticks}_1`;
    await gateway.post('/gateway/alerts', { alertId });
    const waiting = await until('a first look', () => reasoned(alertId), patienceMs);
    expect(waiting).toMatchObject({ state: 'waiting', tries: 0, reason: expect.stringContaining('young') });
  });
});
