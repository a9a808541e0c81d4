import { httpFunctions } from '../../src/functions/httpFunctions.ts';
import { hourOf } from '../../src/quota/spend.ts';
import { tenantOf } from '../machines/support/tenant.ts';
import { withKey } from '../support/callers.ts';
import { quotasOn } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json, scriptedFetch } from '../support/scriptedFetch.ts';
import { machinesOn, servicesOn } from '../support/services.ts';
import { sendBatch } from './support/batches.ts';

const userMachines = (user: string) => `users/${user}/machines`;

describe('a batch of Defender’s calls', () => {
  it('answers each with Defender’s status, body and headers, and with what the gateway says of it', async () => {
    const clock = fakeClock();
    const missing = json({ error: { code: 'ResourceNotFound', message: 'no' } }, 404);
    const { fetch, calls } = scriptedFetch(json({ value: [{ id: '1' }] }), missing);
    const { responses } = await sendBatch(
      httpFunctions(servicesOn(clock, fetch)),
      [
        { url: userMachines('a@contoso.com') },
        { url: userMachines('b') },
        { url: "machines?$filter=healthStatus EQ 'Active'" },
      ],
      { clock, advance: 5000, headers: { 'x-request-id': 'r-1', priority: 'u=5' } },
    );
    expect(responses).toMatchObject([
      {
        status: 200,
        body: { value: [{ id: '1' }] },
        headers: {
          'content-location': '/api/users/a/machines',
          'odata-version': '4.0',
          'x-request-id': 'r-1.0',
          priority: 'u=5',
        },
      },
      { status: 404, body: { error: { code: 'ResourceNotFound' } }, headers: { 'x-request-id': 'r-1.1' } },
      {
        status: 400,
        body: { error: { code: 'ODataError', message: expect.stringContaining('character 14'), target: 'r-1.2' } },
      },
    ]);
    expect(calls.map(({ url }) => url)).toEqual([
      'https://defender.example/api/users/a/machines',
      'https://defender.example/api/users/b/machines',
    ]);
  });

  it('answers what the quota allows, and says to each of the others when to come back', async () => {
    const clock = fakeClock();
    const { fetch, calls } = scriptedFetch(json({ value: [] }));
    const services = servicesOn(clock, fetch, { quotas: quotasOn(clock, '2/60') });
    const requests = ['a', 'b', 'c', 'd'].map((user) => ({ url: userMachines(user) }));
    const sent = { clock, advance: 20_000, headers: { prefer: 'wait=5' } };
    const { status, headers, responses } = await sendBatch(httpFunctions(services), requests, sent);
    expect(status).toBe(200);
    expect(responses.map((one) => one.status).sort()).toEqual([200, 200, 429, 429]);
    expect(calls).toHaveLength(2);
    const refused = responses.filter((one) => one.status === 429);
    const waits = refused.map((one) => Number(one.headers['retry-after']));
    expect(Math.min(...waits)).toBeGreaterThan(5);
    expect(headers['retry-after']).toBe(String(Math.min(...waits)));
  });

  it('says so to each of many lists, those too that had to wait for others of the batch', async () => {
    const clock = fakeClock();
    const { fetch, calls } = scriptedFetch(json({ value: [] }));
    const services = servicesOn(clock, fetch, { quotas: quotasOn(clock, '2/60') });
    const requests = Array.from({ length: 100 }, (_, i) => ({ url: userMachines(`user${i}`) }));
    const sent = { clock, advance: 20_000, headers: { prefer: 'wait=5' } };
    const { responses } = await sendBatch(httpFunctions(services), requests, sent);
    expect(calls).toHaveLength(2);
    const waits = responses.map((one) => Number(one.headers['retry-after'] ?? 0));
    expect(waits.filter((wait) => wait > 5)).toHaveLength(98);
  });

  it('asks the same once, and counts it as its caller’s', async () => {
    const clock = fakeClock();
    const { fetch, calls } = scriptedFetch(json({ value: [] }));
    const services = servicesOn(clock, fetch);
    const requests = Array.from({ length: 20 }, () => ({ url: userMachines('a') }));
    const sent = { clock, advance: 5000 };
    const { responses } = await sendBatch(httpFunctions(services), requests, sent);
    expect(responses.map((one) => one.status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(calls).toHaveLength(1);
    const { rows } = await services.traffic.lastHour();
    const spent = rows.flatMap((row) => row.spent);
    expect(hourOf(spent, 'userMachines', clock.wall()).byCaller).toEqual({ [withKey.id]: { interactive: 1 } });
  });

  it('gives each of those that asked the same its own request id', async () => {
    const clock = fakeClock();
    const functions = httpFunctions(servicesOn(clock, scriptedFetch(json({ value: [] })).fetch));
    const requests = ['a', 'b', 'ü'].map((id) => ({ id, url: userMachines('a') }));
    const sent = { clock, advance: 5000, headers: { 'x-request-id': 'r-1' } };
    const { responses } = await sendBatch(functions, requests, sent);
    expect(responses.map(({ headers }) => headers['x-request-id'])).toEqual(['r-1.a', 'r-1.b', 'r-1.a']);
    expect(responses.map(({ body }) => body)).toEqual(Array(3).fill({ value: [] }));
  });

  it('makes one for an id that can be none, and for the same question with the same one no other', async () => {
    const clock = fakeClock();
    const functions = httpFunctions(servicesOn(clock, scriptedFetch(json({ value: [] })).fetch));
    const request = { url: userMachines('a'), headers: { 'x-request-id': 'no id' } };
    const { responses } = await sendBatch(functions, [request, request], { clock, advance: 5000 });
    const [one, two] = responses.map(({ headers }) => headers['x-request-id']);
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(two).toBe(one);
  });

  it('has its lookups travel together, and gives each its own machine', async () => {
    const clock = fakeClock(1);
    const rows = Array.from({ length: 90 }, (_, i) => ({
      id: `${i}`.padStart(40, '0'),
      computerDnsName: `srv${i}.contoso.com`,
    }));
    const tenant = tenantOf(clock, rows);
    const services = {
      ...servicesOn(clock, scriptedFetch(new Error('no wire')).fetch),
      ...machinesOn(clock, tenant.defender),
    };
    const requests = rows.map(({ computerDnsName: name }) => ({
      url: `machines?$filter=computerDnsName eq '${name}'`,
    }));
    const { responses } = await sendBatch(httpFunctions(services), requests, { clock, advance: 20_000 });
    expect(tenant.asked).toHaveLength(3);
    expect(responses.map(({ body }) => body?.value)).toEqual(rows.map((row) => [row]));
  });

  it('asks Defender for the version that it was sent to', async () => {
    const clock = fakeClock();
    const { fetch, calls } = scriptedFetch(json({ value: [] }));
    const sent = { clock, advance: 5000, name: 'batchV1' };
    await sendBatch(httpFunctions(servicesOn(clock, fetch)), [{ url: userMachines('a') }], sent);
    expect(calls.map(({ url }) => url)).toEqual(['https://defender.example/api/v1.0/users/a/machines']);
  });
});
