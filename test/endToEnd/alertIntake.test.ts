import type { FleetSummary } from '../../src/local/simulator/fleetSummary.ts';
import { errorOf, type Gateway, startGateway } from '../support/gateway.ts';

const hook = '/gateway/hooks/alerts';
/** Waits for the end, and longer than it takes. */
const prefer = { prefer: 'wait=60' };

let gateway: Gateway;
let fleet: FleetSummary;
beforeAll(async () => {
  gateway = await startGateway({ hosts: 2, limits: '1000/60', environment: { GRAPH_CLIENT_STATE: 'agreed' } });
  fleet = (await gateway.control('GET', 'fleet')) as FleetSummary;
});
afterAll(() => gateway.stop());

const json = async (response: Response) => JSON.parse(await response.text());
const pathOf = (link: string) => new URL(link).pathname;

/** Sends one alert. @returns the path under which it is found */
const sent = async (body: object, host = 0): Promise<string> => {
  const response = await gateway.post('/gateway/alerts', body, {}, host);
  expect(response.status).toBe(202);
  const location = response.headers.get('location') ?? '';
  expect((await json(response)).accepted).toMatchObject([{ link: location }]);
  return pathOf(location);
};

describe('an alert that is sent to one host', () => {
  it('is enriched with its machine, and another host waits for it', async () => {
    const { bare: alertId } = fleet.alertIds;
    const { '@odata.context': _, ...machine } = await json(await gateway.direct(`/api/alerts/${alertId}/machine`));
    const path = await sent({ alertId });
    const shown = await gateway.get(path, prefer, 1);
    expect([shown.status, shown.headers.get('preference-applied')]).toEqual([200, 'wait=60']);
    const { state, machineIds, result } = await json(shown);
    expect([state, machineIds]).toEqual(['enriched', [machine.id]]);
    expect(result).toMatchObject({
      type: 'defender.gateway.alert.enriched.v1',
      subject: alertId,
      data: { alertId, state: 'enriched', alert: { alertId }, machines: [{ machine, by: 'alertId' }] },
    });
  });

  it('ends without a machine where it is another product’s, and no call is made for it', async () => {
    await gateway.forgetArrivals();
    const path = await sent({ alertId: 'ra637472900382838869_1364969609' });
    const { state, reason, calls } = await json(await gateway.get(path, prefer, 1));
    expect([state, reason, calls]).toEqual(['notDefender', expect.any(String), 0]);
    expect(await gateway.arrivals()).toEqual([]);
  });

  it('begins anew where it is replayed, and has another result', async () => {
    const path = await sent({ alertId: 'fa637472900382838869_2', machineId: fleet.examples.machineId });
    const first = (await json(await gateway.get(path, prefer, 1))).result;
    const replayed = await gateway.post(`${path}/replay`, {}, {}, 1);
    expect([replayed.status, await json(replayed)]).toMatchObject([202, { status: 'replayed' }]);
    expect(pathOf(replayed.headers.get('location') ?? '')).toBe(path);
    const second = (await json(await gateway.get(path, prefer))).result;
    expect([first.sequence, second.sequence]).toEqual(['0000000001', '0000000002']);
    expect(second.id).not.toBe(first.id);
  });

  it('is known to the other host under its other spelling', async () => {
    const { bare: alertId = '' } = fleet.alertIds;
    await sent({ alertId });
    const { accepted } = await json(await gateway.post('/gateway/alerts', { alertId: `da${alertId}` }, {}, 1));
    expect(accepted).toMatchObject([{ status: 'known' }]);
  });
});

describe('the result of an alert', () => {
  it('is whole, however large the alert is', async () => {
    const sentAlert = {
      alertId: 'ta637472900382838869_3',
      machineId: fleet.examples.machineId,
      text: 'ü'.repeat(500_000),
    };
    const path = await sent(sentAlert);
    const shown = await gateway.get(path, { ...prefer, 'accept-encoding': 'gzip' }, 1);
    expect(shown.headers.get('content-encoding')).toBe('gzip');
    const { state, result } = await json(shown);
    expect([state, result.data.alert]).toEqual(['enriched', sentAlert]);
  });

  it('can be asked for in a batch', async () => {
    const path = await sent({ alertId: 'ta637472900382838869_4', machineId: fleet.examples.machineId });
    const requests = [
      { id: '1', method: 'GET', url: path, headers: prefer },
      { id: '2', method: 'GET', url: '/gateway/alerts?state=failed' },
    ];
    const { responses } = await json(await gateway.post('/api/$batch', { requests }, {}, 1));
    expect(responses).toMatchObject([
      { id: '1', status: 200, body: { state: 'enriched' } },
      { id: '2', status: 200, body: { value: [] } },
    ]);
  });
});

describe('alerts that wait', () => {
  it('are listed, each with where it is, and shown with the time of their next try', async () => {
    await gateway.faults([{ match: { route: 'alertMachine' }, do: { status: 503 } }]);
    const alertId = 'da637472900382838869_77';
    const path = await sent({ alertId });
    const listed = await json(await gateway.get('/gateway/alerts?state=waiting'));
    await gateway.faults([]);
    expect(listed.value).toContainEqual({
      alertId,
      state: 'waiting',
      nextTry: expect.any(String),
      link: `${gateway.urls[0]}${path}`,
    });
    const shown = await gateway.get(path, {}, 1);
    expect([shown.status, (await json(shown)).state]).toEqual([200, 'waiting']);
    expect(Number(shown.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await json(await gateway.get('/gateway/alerts?state=failed'))).value).toEqual([]);
  });
});

describe('an alert that never came', () => {
  it('is 404, at once', async () => {
    const error = await errorOf(await gateway.get('/gateway/alerts/da637472900382838869_404', prefer));
    expect(error).toMatchObject({ code: 'ResourceNotFound', message: expect.stringContaining('POST /gateway/alerts') });
  });
});

describe('webhooks that ask whether they are wanted', () => {
  const url = () => `${gateway.urls[0]}${hook}?code=${gateway.key}`;

  it('are answered as Graph demands: the token, as text', async () => {
    const token = 'Validation: Testing client application reachability for subscription Request-Id: é+&<b>';
    const response = await fetch(`${url()}&validationToken=${encodeURIComponent(token)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await response.text()).toBe(token);
  });

  it('are answered as Event Grid demands: the code', async () => {
    const data = { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'https://rp.example/x' };
    const eventType = 'Microsoft.EventGrid.SubscriptionValidationEvent';
    const attributes = { id: '1', topic: '/t', subject: '', eventTime: '2026-11-18T10:00:00Z', dataVersion: '2' };
    const response = await fetch(url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'aeg-event-type': 'SubscriptionValidation' },
      body: JSON.stringify([{ ...attributes, eventType, data }]),
    });
    expect([response.status, await json(response)]).toEqual([200, { validationResponse: data.validationCode }]);
  });

  it('are answered as CloudEvents demands: by OPTIONS', async () => {
    const headers = { 'webhook-request-origin': 'eventgrid.azure.net' };
    const response = await fetch(url(), { method: 'OPTIONS', headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
    expect(response.headers.get('webhook-allowed-rate')).toBe('*');
    expect(response.headers.get('allow')).toContain('POST');
  });

  it('have to have the key', async () => {
    expect((await fetch(`${gateway.urls[0]}${hook}?validationToken=x`, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${gateway.urls[0]}${hook}`, { method: 'OPTIONS' })).status).toBe(401);
  });
});

describe('what webhooks send', () => {
  it('is taken in the envelope of Graph, and what is not from who was agreed on is named', async () => {
    const notice = (id: string, clientState: string) => ({
      subscriptionId: 's',
      clientState,
      changeType: 'created',
      resource: `security/alerts/${id}`,
      tenantId: 't',
      resourceData: { '@odata.type': '#microsoft.graph.alert', id },
    });
    const value = [notice('da637472900382838869_8', 'agreed'), notice('da637472900382838869_9', 'guessed')];
    const response = await gateway.post(hook, { value });
    expect(response.status).toBe(202);
    const { accepted, refused } = await json(response);
    expect(accepted).toMatchObject([{ alertId: 'da637472900382838869_8', status: 'new' }]);
    expect(refused).toEqual([{ item: 'value[1]', message: expect.stringContaining('clientState') }]);
  });

  it('is 400 where it is of none of the formats, and these are named', async () => {
    const response = await gateway.post(hook, { hello: 'world' });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toContain('alertId');
  });
});
