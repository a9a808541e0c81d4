/** What a connector that was made of the document is told by a running gateway: nothing that the document does not say of that operation. */
import type { FleetSummary } from '../../src/local/simulator/fleetSummary.ts';
import type { Operation } from '../connector/support/parts.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { documented, type Sent } from './support/documented.ts';

const alertId = 'da637472900382838869_1364969609';

let gateway: Gateway;
let fleet: FleetSummary;
beforeAll(async () => {
  gateway = await startGateway({
    limits: '60/60',
    environment: {
      ALERT_WAIT_SECONDS: '1',
      // Nobody is there.
      WEBHOOK_URL: 'http://127.0.0.1:9/alerts',
      WEBHOOK_ALLOWED_HOSTS: '127.0.0.1:9',
      WEBHOOK_SECRETS: `whsec_${Buffer.from('a secret of 24 bytes, ok').toString('base64')}`,
    },
  });
  fleet = (await gateway.control('GET', 'fleet')) as FleetSummary;
});
afterAll(() => gateway.stop());

const { ask, holds, operations, seen } = documented(() => gateway);

const json = ({ text }: { readonly text: string }) => JSON.parse(text);

/** Takes a snapshot. @returns its name */
const snapshot = async (): Promise<string> => {
  const runs = async (): Promise<{ id: string; progress: unknown }[]> =>
    json(await ask('ListSnapshots', '/gateway/snapshots')).value;
  const before = await runs();
  await gateway.fire('snapshotSecurityStates');
  return until('a run to be over', async () => {
    const [newest] = await runs();
    return newest !== undefined && newest.id !== before[0]?.id && newest.progress === null && newest.id;
  });
};

describe('the calls of Defender’s', () => {
  it('answer as the document says, whatever is asked', async () => {
    const { machineId, unknownMachineId, user, domain, unknownAlertId } = fleet.examples;
    const active = encodeURIComponent("healthStatus eq 'Active'");
    await ask('ListMachines', `/api/machines?$filter=${active}&$top=5`);
    await ask('ListMachines', '/api/machines?$select=computerDnsName,machineTags&$orderby=lastSeen&$count=true');
    await ask('ListMachines', "/api/machines?$filter=healthStatus EQ 'Active'");
    await ask('ListMachines', '/api/machines?$top=7', { headers: { 'cache-control': 'only-if-cached' } });
    const { headers } = await ask('GetMachine', `/api/machines/${machineId}`);
    await ask('GetMachine', `/api/machines/${machineId}`, { headers: { 'if-none-match': headers.etag ?? '' } });
    await ask('GetMachine', `/api/machines/${machineId}`, { key: 'none' });
    await ask('GetMachine', `/api/machines/${unknownMachineId}`);
    await ask('ListMachinesOfUser', `/api/users/${user}/machines`);
    await ask('ListMachinesOfDomain', `/api/domains/${domain}/machines`);
    await ask('GetMachineOfAlert', `/api/alerts/${fleet.alertIds.bare}/machine`);
    await ask('GetMachineOfAlert', `/api/alerts/${unknownAlertId}/machine`);
    const states = await ask('ListSecurityStates', '/testwdatppreview/machinesecuritystates');
    expect(states.headers['x-gateway-source']).toBe('preview');
  });

  it('answer as the document says where Defender does not answer as it should', async () => {
    const statuses: number[] = [];
    for (const fault of [{ status: 403 }, { reset: true }, { status: 503, retryAfter: 1 }] as const) {
      await gateway.faults([{ match: { route: 'userMachines' }, do: fault }]);
      const headers = { prefer: 'wait=1', 'cache-control': 'no-cache' };
      statuses.push((await ask('ListMachinesOfUser', '/api/users/user2/machines', { headers })).status);
    }
    await gateway.faults([]);
    expect(statuses).toEqual([403, 502, 503]);
  });

  it('answer as the document says where the quota is spent', async () => {
    const headers = { prefer: 'wait=0', 'cache-control': 'no-cache' };
    const asked = Array.from({ length: 70 }, (_, i) =>
      ask('ListMachinesOfDomain', `/api/domains/site${i}.example/machines`, { headers }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
  });
});

describe('the resolver and the batch', () => {
  it('answer as the document says, whatever is found', async () => {
    const { hostNames, ipAddresses, aadDeviceIds, alertIds } = fleet;
    const matches: string[] = [];
    for (const query of [
      `hostName=${hostNames.ofOneMachine}`,
      `hostName=${hostNames.inTwoDomains}`,
      `hostName=${hostNames.unknown}`,
      `ipAddress=${ipAddresses.ofOneMachine}`,
      `aadDeviceId=${aadDeviceIds.ofOneMachine}`,
      `alertId=${alertIds.bare}`,
    ]) {
      matches.push(json(await ask('ResolveMachine', `/gateway/machines/resolve?${query}`)).match);
    }
    expect(new Set(matches)).toEqual(new Set(['exact', 'ambiguous', 'none']));
    await ask('ResolveMachine', '/gateway/machines/resolve');
    const requests = [
      { id: '1', hostName: hostNames.ofOneMachine },
      { id: '2', hostName: 'two', ipAddress: '10.0.0.1' },
      { id: '3', hostName: hostNames.unknown },
    ];
    const { responses } = json(await ask('ResolveMachines', '/gateway/machines/resolve', { body: { requests } }));
    expect(responses.map(({ status }: { status: number }) => status)).toEqual([200, 400, 200]);
  });

  it('answer as the document says where something is wrong with the whole', async () => {
    await ask('ResolveMachines', '/gateway/machines/resolve', { body: { requests: [] } });
    const requests = [
      { id: '1', method: 'GET', url: 'machines?$top=1' },
      { id: '2', method: 'GET', url: '/gateway/quota' },
      { id: '3', method: 'GET', url: 'machines?$top=many' },
    ];
    await ask('AskBatch', '/api/$batch', { body: { requests } });
    await ask('AskBatch', '/api/$batch', { body: '{"requests":' });
    await ask('AskBatch', '/api/$batch', { body: 'x'.repeat(1_100_000) });
    await ask('AskBatch', '/api/$batch', { body: '{}', headers: { 'content-type': 'text/plain' } });
  });
});

describe('snapshots', () => {
  it('answer as the document says, from the first on', async () => {
    await ask('GetSnapshot', '/gateway/snapshots/latest');
    const first = await snapshot();
    await gateway.control('POST', 'fleet/changes', { machines: 5, added: 1, removed: 1, seed: 2 });
    const second = await snapshot();
    await ask('GetSnapshot', `/gateway/snapshots/${second}`);
    await ask('GetSnapshot', '/gateway/snapshots/20200101T000000Z');
    const page = json(await ask('ListMachinesOfSnapshot', '/gateway/snapshots/latest/machines?$top=10'));
    await ask('ListMachinesOfSnapshot', page['@odata.nextLink'].replace(gateway.urls[0], ''));
    await ask('ListMachinesOfSnapshot', `/gateway/snapshots/${first}/machines?requires=any`);
    await ask('ListMachinesOfSnapshot', '/gateway/snapshots/latest/machines?require=any');
    const { value } = json(await ask('ListChangesOfSnapshot', `/gateway/snapshots/latest/changes?since=${first}`));
    expect(new Set(value.map(({ change }: { change: string }) => change)).size).toBeGreaterThan(1);
    await ask('ListStatesOfMachine', `/gateway/machines/${value[0].id}/states`);
    await ask('GetAttentionTrend', '/gateway/snapshots/trend');
    await ask('GetAttentionTrend', '/gateway/snapshots/trend?$format=csv');
    await ask('GetAttentionTrend', '/gateway/snapshots/trend', { headers: { accept: 'image/png' } });
  });
});

describe('alerts', () => {
  const path = `/gateway/alerts/${alertId}`;

  it('answer as the document says, on their way in and out', async () => {
    const { accepted } = json(
      await ask('SendAlert', '/gateway/alerts', {
        body: [
          { alertId, machineId: fleet.examples.machineId },
          { alertId: '', machineId: 7 },
        ],
      }),
    );
    expect(accepted).toHaveLength(1);
    const { state } = json(await ask('GetAlert', path, { headers: { prefer: 'wait=60' } }));
    expect(state).toBe('enriched');
    await until('a delivery to fail', async () => {
      const { deliveries } = json(await ask('GetAlert', path));
      return deliveries.some(({ reason }: { reason?: string }) => reason !== undefined);
    });
    await ask('ReplayAlert', `${path}/replay`);
    await ask('GetAlert', path, { headers: { prefer: 'wait=60' } });
    await ask('GetAlert', `${path}404`);
    await ask('SendAlert', '/gateway/alerts', { body: {} });
    await ask('SendAlert', '/gateway/alerts', { body: '<alert/>', headers: { 'content-type': 'application/xml' } });
    await ask('ReplayAlert', `${path}404/replay`);
    await ask('ReceiveAlerts', '/gateway/hooks/alerts', { body: { alertId } });
  });

  it('answer as the document says while they wait', async () => {
    await gateway.faults([{ match: { route: 'alertMachine' }, do: { status: 503 } }]);
    const waiting = 'da637472900382838869_77';
    await ask('SendAlert', '/gateway/alerts', { body: { alertId: waiting } });
    await until('the alert to wait for another try', async () => {
      const { reason } = json(await ask('GetAlert', `/gateway/alerts/${waiting}`));
      return reason !== undefined;
    });
    const { value } = json(await ask('ListAlerts', '/gateway/alerts?state=waiting'));
    await gateway.faults([]);
    expect(value).toContainEqual(expect.objectContaining({ alertId: waiting, state: 'waiting' }));
    await ask('ListAlerts', '/gateway/alerts?state=failed');
    await ask('ListAlerts', '/gateway/alerts');
  });

  it('answer handshakes as the document says', async () => {
    const data = { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'https://rp.example/x' };
    const eventType = 'Microsoft.EventGrid.SubscriptionValidationEvent';
    const attributes = { id: '1', topic: '/t', subject: '', eventTime: '2026-11-18T10:00:00Z', dataVersion: '2' };
    const headers = { 'aeg-event-type': 'SubscriptionValidation' };
    await ask('ReceiveAlerts', '/gateway/hooks/alerts', { body: [{ ...attributes, eventType, data }], headers });
    await ask('ReceiveAlerts', '/gateway/hooks/alerts?validationToken=token', { body: '' });
    const origin = { 'webhook-request-origin': 'eventgrid.azure.net' };
    await ask('AskToSendAlerts', '/gateway/alerts', { headers: origin });
    await ask('AskToSendAlerts', '/gateway/alerts');
    await ask('AskToSendWebhooks', '/gateway/hooks/alerts', { headers: origin });
  });
});

describe('what is answered later', () => {
  it('answers as the document says, and in the end as if it had been waited for', async () => {
    const headers = { prefer: 'respond-async', 'cache-control': 'no-cache' };
    const { status, headers: told } = await ask('ListMachines', '/api/machines?$top=3', { headers });
    expect(status).toBe(202);
    const { pathname } = new URL(told.location ?? '');
    await ask('GetOperation', pathname);
    const answer = await until(
      'the operation to end',
      async () => {
        const looked = await ask('GetOperation', pathname, { headers: { prefer: 'wait=20' } });
        return looked.status === 200 && looked;
      },
      60_000,
    );
    const { 'x-gateway-operation': state, ...others } = answer.headers;
    expect(state).toBe('done');
    holds('ListMachines', { ...answer, headers: others });
    await ask('GetOperation', `${pathname}0`);
  });
});

describe('the gateway', () => {
  it('tells of itself as the document says', async () => {
    await ask('GetQuota', '/gateway/quota');
    await ask('GetHealth', '/gateway/health');
    await ask('GetPermissions', '/gateway/health/permissions');
    const { headers, text } = await ask('GetOpenApi', '/gateway/openapi.json');
    expect(json({ text })).toMatchObject({ host: new URL(gateway.urls[0] ?? '').host, schemes: ['http'] });
    await ask('GetOpenApi', '/gateway/openapi.json', { headers: { 'if-none-match': headers.etag ?? '' } });
  });
});

describe('each operation', () => {
  /** What anybody may do wrong or wish for, wherever it is. */
  const asked: readonly (readonly [more: string, sent: Sent])[] = [
    ['', {}],
    ['?x=1', {}],
    ['?$top=many&$top=more', {}],
    ['', { key: 'none' }],
    ['', { headers: { 'if-none-match': '*' } }],
    ['', { headers: { 'cache-control': 'only-if-cached' } }],
    ['', { headers: { accept: 'image/png' } }],
    ['', { headers: { prefer: 'respond-async', 'cache-control': 'no-cache' } }],
  ];
  const sentIn: typeof asked = [
    ['', { body: '{' }],
    ['', { body: '{}', headers: { 'content-type': 'text/plain' } }],
    ['', { body: '{}', headers: { 'content-encoding': 'gzip' } }],
    ['', { body: 'x'.repeat(1_100_000) }],
  ];

  const parameters = /\{\w+\}/g;

  it.each(operations.map(({ operationId, method, path }) => [operationId, { method, path }] as const))(
    '%s answers as the document says, whatever is wrong with the question',
    async (id, { method, path }) => {
      for (const [more, sent] of method === 'post' ? [...asked, ...sentIn] : asked) {
        for (const named of [
          path.replace('{run}', 'latest').replace(parameters, 'none.such'),
          path.replace(parameters, '%20'),
        ])
          await ask(id, `${named}${more}`, sent);
      }
    },
  );
});

describe('the document', () => {
  const lacking = (status: RegExp, of: readonly Operation[]) =>
    of
      .map(({ operationId }) => operationId)
      .filter((id) => ![...seen].some((one) => one.startsWith(`${id} `) && status.test(one)));
  const saying = (status: string) => operations.filter(({ responses }) => responses[status] !== undefined);

  it('was asked for each of its operations, with success, without a key, and for what is no question', () => {
    expect(lacking(/ 20\d$/, operations)).toEqual([]);
    expect(saying('401').map(({ operationId }) => operationId)).toHaveLength(operations.length - 1);
    expect(lacking(/ 401$/, saying('401'))).toEqual([]);
    expect(lacking(/ 400$/, saying('400'))).toEqual([]);
  });

  it('was asked for most of its errors', () => {
    const statuses = new Set([...seen].map((one) => Number(one.split(' ')[1])));
    expect([...statuses].sort()).toEqual([200, 202, 204, 304, 400, 401, 403, 404, 406, 413, 415, 429, 502, 503, 504]);
  });
});
