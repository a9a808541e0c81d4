import type { HttpRequest, InvocationContext } from '@azure/functions';
import { httpFunctions } from '../../src/functions/httpFunctions.ts';
import { register } from '../../src/functions/register.ts';
import { httpTriggers, timerTriggers } from '../../src/functions/triggers.ts';
import { withKey } from '../support/callers.ts';
import { fakeClock, settled } from '../support/fakeClock.ts';
import { invoke, registered } from '../support/functionsCore.ts';
import { json, scriptedFetch } from '../support/scriptedFetch.ts';
import { servicesOn } from '../support/services.ts';

const clock = fakeClock();
const { fetch, calls } = scriptedFetch(json({ value: [{ id: '1' }] }));

const functions = httpFunctions(servicesOn(clock, fetch));

const handlerOf = (name: string) => {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`nothing answers for ${name}`);
  return (request: HttpRequest, context: InvocationContext) => found.handler(request, context, withKey);
};

beforeAll(async () => {
  register(
    {
      http: async (name) => handlerOf(name),
      timer: async () => Promise.reject(new Error('no timer is due')),
      event: async () => Promise.reject(new Error('no event has come')),
    },
    {
      SNAPSHOT_SCHEDULE: '0 0 * * * *',
      SNAPSHOT_RESUME_SCHEDULE: '30 */5 * * * *',
      SNAPSHOT_PRUNE_SCHEDULE: '0 30 3 * * *',
      ALERT_SWEEP_SCHEDULE: '0 * * * * *',
      OPERATION_SWEEP_SCHEDULE: '15 */2 * * * *',
      callerAuth: 'key',
      queueConnection: 'AlertQueues',
      eventHub: { name: 'alerts', consumerGroup: '$Default' },
    },
  );
  await settled();
});

const get = async (name: string, query: Record<string, string>, params: Record<string, string> = {}, headers = {}) => {
  const nullable = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
  const url = 'https://gateway.example/asked?code=secret';
  const answering = invoke(name, {
    http: {
      method: 'GET',
      url,
      nullableQuery: nullable(query),
      nullableParams: nullable(params),
      nullableHeaders: nullable(headers),
    },
  });
  await clock.advance(100);
  const { http } = (await answering).returnValue ?? {};
  return {
    status: Number(http?.statusCode),
    headers: http?.headers ?? {},
    body: Buffer.from(http?.body?.bytes ?? []).toString(),
  };
};

const triggersOf = (type: string) =>
  [...registered().values()].flatMap(({ metadata }) => {
    const [trigger] = Object.values(metadata.bindings);
    return trigger?.type === type ? [{ metadata, trigger }] : [];
  });

describe('what Azure is told', () => {
  it('is what is there: each function has its trigger, and each trigger its function', () => {
    expect(functions.map(({ handler: _, ...trigger }) => trigger)).toEqual(httpTriggers);
  });

  it('is every function with its route, its methods and its key', () => {
    const told = triggersOf('httpTrigger').map(({ metadata, trigger }) => {
      return [metadata.name, trigger?.type, trigger?.methods, trigger?.route, trigger?.authLevel];
    });
    expect(told).toEqual([
      ['listMachines', 'httpTrigger', ['GET'], 'api/machines', 'function'],
      ['listMachinesV1', 'httpTrigger', ['GET'], 'api/v1.0/machines', 'function'],
      ['machine', 'httpTrigger', ['GET'], 'api/machines/{id}', 'function'],
      ['machineV1', 'httpTrigger', ['GET'], 'api/v1.0/machines/{id}', 'function'],
      ['userMachines', 'httpTrigger', ['GET'], 'api/users/{id}/machines', 'function'],
      ['userMachinesV1', 'httpTrigger', ['GET'], 'api/v1.0/users/{id}/machines', 'function'],
      ['domainMachines', 'httpTrigger', ['GET'], 'api/domains/{domain}/machines', 'function'],
      ['domainMachinesV1', 'httpTrigger', ['GET'], 'api/v1.0/domains/{domain}/machines', 'function'],
      ['alertMachine', 'httpTrigger', ['GET'], 'api/alerts/{id}/machine', 'function'],
      ['alertMachineV1', 'httpTrigger', ['GET'], 'api/v1.0/alerts/{id}/machine', 'function'],
      ['machineSecurityStates', 'httpTrigger', ['GET'], 'testwdatppreview/machinesecuritystates', 'function'],
      ['resolve', 'httpTrigger', ['GET'], 'gateway/machines/resolve', 'function'],
      ['resolveBatch', 'httpTrigger', ['POST'], 'gateway/machines/resolve', 'function'],
      ['snapshots', 'httpTrigger', ['GET'], 'gateway/snapshots', 'function'],
      ['snapshot', 'httpTrigger', ['GET'], 'gateway/snapshots/{run}', 'function'],
      ['snapshotTrend', 'httpTrigger', ['GET'], 'gateway/snapshots/trend', 'function'],
      ['snapshotMachines', 'httpTrigger', ['GET'], 'gateway/snapshots/{run}/machines', 'function'],
      ['snapshotChanges', 'httpTrigger', ['GET'], 'gateway/snapshots/{run}/changes', 'function'],
      ['machineStates', 'httpTrigger', ['GET'], 'gateway/machines/{id}/states', 'function'],
      ['alertIntake', 'httpTrigger', ['POST', 'OPTIONS'], 'gateway/alerts', 'function'],
      ['alertHook', 'httpTrigger', ['POST', 'OPTIONS'], 'gateway/hooks/alerts', 'function'],
      ['alerts', 'httpTrigger', ['GET'], 'gateway/alerts', 'function'],
      ['alert', 'httpTrigger', ['GET'], 'gateway/alerts/{id}', 'function'],
      ['alertReplay', 'httpTrigger', ['POST'], 'gateway/alerts/{id}/replay', 'function'],
      ['operation', 'httpTrigger', ['GET'], 'gateway/operations/{id}', 'function'],
      ['quota', 'httpTrigger', ['GET'], 'gateway/quota', 'function'],
      ['health', 'httpTrigger', ['GET'], 'gateway/health', 'anonymous'],
      ['permissions', 'httpTrigger', ['GET'], 'gateway/health/permissions', 'function'],
      ['openapi', 'httpTrigger', ['GET'], 'gateway/openapi.json', 'function'],
      ['batch', 'httpTrigger', ['POST'], 'api/$batch', 'function'],
      ['batchV1', 'httpTrigger', ['POST'], 'api/v1.0/$batch', 'function'],
    ]);
  });

  it('is every timer with its schedule, as the settings have it', () => {
    const told = triggersOf('timerTrigger').map(({ metadata, trigger }) => [metadata.name, trigger?.schedule]);
    expect(told).toEqual([
      ['snapshotSecurityStates', '0 0 * * * *'],
      ['resumeSnapshot', '30 */5 * * * *'],
      ['pruneSnapshots', '0 30 3 * * *'],
      ['sweepAlerts', '0 * * * * *'],
      ['sweepOperations', '15 */2 * * * *'],
    ]);
    expect(told.map(([name]) => name)).toEqual(timerTriggers.map(({ name }) => name));
  });

  it('is every queue with its connection, and where events come from', () => {
    const told = triggersOf('queueTrigger').map(({ metadata, trigger }) => {
      return [metadata.name, trigger?.queueName, trigger?.connection];
    });
    expect(told).toEqual([
      ['receiveAlert', 'alerts-in', 'AlertQueues'],
      ['enrichAlert', 'alerts-to-enrich', 'AlertQueues'],
      ['deliverResult', 'results-to-deliver', 'AlertQueues'],
      ['runOperation', 'operations-to-run', 'AlertQueues'],
    ]);
    expect(triggersOf('eventGridTrigger').map(({ metadata }) => metadata.name)).toEqual(['alertRaised']);
    expect(triggersOf('eventHubTrigger').map(({ trigger }) => trigger)).toMatchObject([
      { eventHubName: 'alerts', connection: 'AlertStream', consumerGroup: '$Default', cardinality: 'many' },
    ]);
  });
});

describe('a call through the official invocation model', () => {
  it('comes back with the status, the headers and the bytes of Defender', async () => {
    const { status, headers, body } = await get('listMachines', { $top: '5', code: 'secret' });
    expect({ status, body }).toEqual({ status: 200, body: '{"value":[{"id":"1"}]}' });
    expect(headers).toMatchObject({
      'content-type': 'application/json; odata.metadata=minimal',
      'odata-version': '4.0',
    });
    expect(calls.at(-1)?.url).toBe('https://defender.example/api/machines?$top=5');
  });

  it('cuts a user to the name that Defender takes, and says what was asked for', async () => {
    const { headers } = await get('userMachinesV1', {}, { id: 'CONTOSO\\Jürgen Groß' });
    expect(calls.at(-1)?.url).toBe('https://defender.example/api/v1.0/users/J%C3%BCrgen%20Gro%C3%9F/machines');
    expect(headers['content-location']).toBe('/api/v1.0/users/J%C3%BCrgen%20Gro%C3%9F/machines');
  });

  it('answers a bad filter in Defender’s envelope, and asks nobody', async () => {
    const before = calls.length;
    const { status, headers, body } = await get(
      'listMachines',
      { $filter: "healthStatus EQ 'Active'" },
      {},
      { 'x-request-id': 'r-1' },
    );
    expect(status).toBe(400);
    expect(headers).toMatchObject({ 'content-type': expect.stringContaining('json'), 'x-request-id': 'r-1' });
    expect(JSON.parse(body)).toEqual({
      error: {
        code: 'ODataError',
        message:
          "$filter, character 14: 'EQ' is not an operator; operators are lower case. Did you mean: healthStatus eq 'Active'",
        target: 'r-1',
      },
    });
    expect(calls).toHaveLength(before);
  });

  it('answers a bad path value in Defender’s envelope, and asks nobody', async () => {
    const before = calls.length;
    const { status, body } = await get('alertMachine', {}, { id: 'a%2e%2e' });
    expect(status).toBe(400);
    expect(JSON.parse(body).error).toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining('encode it once'),
    });
    expect(calls).toHaveLength(before);
  });

  it('says which wait it understood', async () => {
    const { headers } = await get('listMachines', {}, {}, { prefer: 'respond-async, wait=900' });
    expect(headers['preference-applied']).toBe('wait=200');
  });

  it('says which urgency it applied, and what is left of the quota', async () => {
    const { headers } = await get('listMachines', {}, {}, { priority: 'u=5, i' });
    expect(headers).toMatchObject({
      priority: 'u=5',
      'ratelimit-policy': '"minute";q=100;w=60, "hour";q=1500;w=3600',
      ratelimit: expect.stringMatching(/^"minute";r=\d+;t=\d+, "hour";r=\d+;t=\d+$/),
    });
  });

  it('tells that it is up without asking anybody', async () => {
    const before = calls.length;
    const { status, body } = await get('health', {});
    expect({ status, body }).toEqual({ status: 200, body: '{"status":"up"}' });
    expect(calls).toHaveLength(before);
  });
});
