import type { HostEvent } from '../../src/local/host/hostEvent.ts';
import { unsignedToken } from '../../src/local/identity/unsignedToken.ts';
import { playbook } from '../../src/local/stack/exampleCallers.ts';
import { type ReceivingServer, receivingServer } from '../enrichment/out/http/support/receivingServer.ts';
import { until } from '../support/until.ts';
import { type LoggedGateway, startLoggedGateway } from './support/loggedGateway.ts';

const identityHeader = 'identity-header-7f3a9c';
const webhookSecret = `whsec_${Buffer.from('of the webhook, 24 bytes').toString('base64')}`;
const topicKey = 'key-of-the-topic-5d2b';
const clientState = 'client-state-of-graph-1c8e';
const storageKey = /AccountKey=([^;]+)/;
const alertId = '636688558380765161_2136280442';
const traceIdOf = (number: number) => `0af7651916cd43dd8448eb21${String(number).padStart(8, '0')}`;

let receiver: ReceivingServer;
let gateway: LoggedGateway;
let secrets: Readonly<Record<string, string>>;
let token: string;

/** Asks a host; the number is of its trace. */
const ask = (
  path: string,
  requestId: string,
  headers: Record<string, string> = {},
  { host = gateway.byKey, trace = 1, ...init }: RequestInit & { host?: { url: string }; trace?: number } = {},
) =>
  fetch(`${host.url}${path}`, {
    ...init,
    headers: {
      'x-request-id': requestId,
      traceparent: `00-${traceIdOf(trace)}-b7ad6b7169203331-01`,
      'content-type': 'application/json',
      ...headers,
    },
  });

beforeAll(async () => {
  receiver = await receivingServer();
  receiver.answer = (response, { headers }) =>
    void response.writeHead(503).end(`no to ${JSON.stringify(headers)} with ${webhookSecret}`);
  gateway = await startLoggedGateway(identityHeader, {
    GRAPH_CLIENT_STATE: clientState,
    WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/alerts`,
    WEBHOOK_SECRETS: webhookSecret,
    WEBHOOK_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`,
    EVENT_GRID_TOPIC_ENDPOINT: `http://127.0.0.1:${receiver.port}/api/events`,
    EVENT_GRID_TOPIC_KEY: topicKey,
  });
  token = gateway.issuer.signed(gateway.issuer.claimsFor(playbook.id));
  const { keys } = gateway.byKey;
  secrets = {
    ...keys,
    identityHeader,
    webhookSecret: webhookSecret.slice('whsec_'.length),
    topicKey,
    clientState,
    storageKey: storageKey.exec(gateway.azurite.connectionString)?.[1] ?? '',
    token: token.split('.')[2] ?? '',
  };
  expect(Object.values(secrets).every((secret) => secret.length > 12)).toBe(true);
});
afterAll(async () => {
  await gateway.stop();
  await receiver.close();
});

type Line = Extract<HostEvent, { kind: 'log' }>;
const lines = (): readonly Line[] =>
  gateway.told.flatMap((event) => (typeof event !== 'string' && event.kind === 'log' ? [event] : []));
const ofApp = (): readonly string[] =>
  lines().flatMap(({ category, message }) => (category === 'user' ? [message] : []));
const lineWith = (...parts: readonly string[]) =>
  until(`a line with ${parts}`, () => ofApp().find((line) => parts.every((part) => line.includes(part))), 30_000);
const idsOf = (requestId: string, trace: number) => `requestId="${requestId}" traceId="${traceIdOf(trace)}"`;

/** What Defender says wrong, with all that it can know in it. */
const echo = () => ({
  status: 503,
  body: {
    error: {
      code: 'ServiceUnavailable',
      message: `no to ?code=${secrets.function}&sig=${secrets.eventGrid} with Bearer ${token} and AccountKey=${secrets.storageKey};`,
    },
  },
});

describe('the log', () => {
  it('says of a fault of the identity which request met it', async () => {
    await gateway.change('identity', '_identity', { fail: { status: 400, times: 20 } });
    const response = await ask(`/api/machines?$top=1&code=${secrets.function}`, 'no-token', { prefer: 'wait=0' });
    expect(response.status).toBe(503);
    await gateway.change('identity', '_identity', { fail: null });
    expect(await lineWith('The managed identity gave no token')).toContain(idsOf('no-token', 1));
  });

  it('says which request a further try at Defender is for', async () => {
    await gateway.change('simulator', '_simulator/faults', [{ match: { times: 1 }, do: echo() }]);
    const headers = { 'x-functions-key': String(secrets.function) };
    expect((await ask('/api/machines?$top=2', 'again', headers, { trace: 2 })).status).toBe(200);
    expect(await lineWith('Defender is asked again', 'listMachines')).toContain(idsOf('again', 2));
  });

  it('says which requests share a call', async () => {
    const headers = { 'x-functions-key': String(secrets.function) };
    const names = ['a.example', 'b.example', 'c.example'];
    // Should one of them leave alone, the others wait for its answer and go together.
    await gateway.change('simulator', '_simulator/faults', [{ match: { times: 1 }, do: { latencyMs: 500 } }]);
    await Promise.all(
      names.map((name, at) =>
        ask(`/api/machines?$filter=computerDnsName eq '${name}'`, `shared-${at}`, headers, { trace: 30 + at }),
      ),
    );
    const line = await lineWith('A call was made for several requests');
    const [, first = ''] = /requests="shared-(\d) shared-\d/.exec(line) ?? [];
    expect(line).toContain(idsOf(`shared-${first}`, 30 + Number(first)));
  });

  it('says which request an alert came by, wherever it is when something is logged of it', async () => {
    await gateway.change('simulator', '_simulator/faults', [
      { match: { route: 'alertMachine', times: 1 }, do: echo() },
    ]);
    const body = JSON.stringify({ alertId });
    const headers = { 'x-functions-key': String(secrets.function) };
    const posted = await ask('/gateway/hooks/alerts', 'alert', headers, { method: 'POST', body, trace: 4 });
    expect(posted.status).toBe(202);
    expect(await lineWith('Defender is asked again', 'alertMachine')).toContain(idsOf('alert', 4));
    for (const channel of ['channel="webhook"', 'channel="eventGrid"'])
      expect(await lineWith('A result was not delivered', channel)).toContain(idsOf('alert', 4));
  });

  it('tells nothing of those who are refused', async () => {
    const good = { authorization: `Bearer ${token}` };
    const { host } = { host: gateway.byToken };
    const forged = unsignedToken({ ...gateway.issuer.claimsFor(playbook.id), iat: 1, nbf: 1, jti: 'x' } as never);
    const asked = await Promise.all([
      ask('/api/machines?$top=1', 'good', good, { host }),
      ask('/gateway/health/permissions', 'not allowed', good, { host }),
      ask('/api/machines', 'forged', { authorization: `Bearer ${forged}` }, { host }),
      ask(`/api/machines?code=${secrets.function}`, 'key', { 'x-functions-key': String(secrets.function) }, { host }),
      ask(`/api/machines?code=${secrets.function}x`, 'wrong key'),
      ask(
        `/gateway/hooks/alerts?code=${secrets.function}&clientState=${clientState}`,
        'no alert',
        {},
        {
          method: 'POST',
          body: JSON.stringify({ value: [{ clientState: `${clientState}x`, resource: `x?code=${secrets.master}` }] }),
        },
      ),
      ask(
        `/runtime/webhooks/eventgrid?functionName=alertRaised&code=${secrets.eventGrid}`,
        'grid',
        {
          'aeg-event-type': 'Notification',
        },
        { method: 'POST', body: JSON.stringify([{ data: { password: topicKey } }]) },
      ),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([
      200,
      403,
      401,
      401,
      401,
      expect.any(Number),
      expect.any(Number),
    ]);
  });

  it('says of a fault of the gateway’s own which request met it', async () => {
    await gateway.azurite.stop();
    const headers = { 'x-functions-key': String(secrets.function), prefer: 'wait=0' };
    // Whatever a caller calls its request is in the log.
    const response = await ask('/gateway/alerts/da1_2', `gone?code=${secrets.function}`, headers, { trace: 6 });
    expect(response.status).toBe(503);
    expect(await lineWith('Alerts could not be reached in storage')).toContain(idsOf('gone?code=…', 6));
    expect((await ask('/api/machines?$top=3', 'no-ledger', headers, { trace: 7 })).status).toBe(503);
  });

  it('has the ids of a request in each line that a function wrote of it, and in none that is of all of them', async () => {
    const ids = /requestId="[^"]+" traceId="[0-9a-f]{32}"/;
    const written = lines().filter(({ category, invocationId }) => category === 'user' && invocationId !== undefined);
    expect(written.length).toBeGreaterThan(0);
    for (const { message } of written) expect(message).toMatch(ids);
    expect(await lineWith('The quota ledger could not be used')).not.toMatch(ids);
  });

  it('holds no secret', () => {
    expect(gateway.told.length).toBeGreaterThan(30);
    const all = gateway.told.map((event) => (typeof event === 'string' ? event : JSON.stringify(event)));
    for (const [name, secret] of Object.entries(secrets)) {
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
      const leaks = all.filter((line) => forms.some((form) => line.includes(form)));
      expect({ name, leaks }).toEqual({ name, leaks: [] });
    }
    expect(all.filter((line) => /eyJ[\w-]{8,}\./.test(line))).toEqual([]);
  });
});
