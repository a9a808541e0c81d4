import { fleetOf } from '../../../src/local/simulator/fleet/fleet.ts';
import { type Asking, asking, graphToken, ids } from './support/asking.ts';

const plan = { machines: 2014, seed: 1, asOf: Date.parse('2026-02-01T00:00:00Z'), tenantId: 'tenant' };
const documented = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';

describe('a fleet that is not kept', () => {
  let defender: Asking;
  beforeEach(async () => {
    defender = await asking({ machines: plan.machines, mostKept: 0, securityStatesPageSize: 10_000 });
  });
  afterEach(() => defender.stop());

  const machines = async (query: string) => (await defender.get(`/api/machines?${query}`)).body;
  const last = async () => ids(await machines('$top=100&$skip=2000'));

  it('is listed page by page, and ends where it ends', async () => {
    const pages = await Promise.all([0, 1000, 2000, 3000].map((skip) => machines(`$top=1000&$skip=${skip}`)));
    expect(pages.map(({ value }) => value.length)).toEqual([1000, 1000, 14, 0]);
    expect(new Set(pages.flatMap(ids)).size).toBe(plan.machines);
  });

  it('has the same machines, states and rows as one that is kept', async () => {
    const kept = fleetOf(plan);
    const { body: states } = await defender.get('/testwdatppreview/machinesecuritystates', graphToken());
    const { body: rows } = await defender.get('/api/deviceavinfo?$top=10000');
    expect((await machines('$top=10000')).value).toEqual([...kept.machines()]);
    expect(states.value).toEqual([...kept.securityStates()]);
    expect(rows.value).toEqual([...kept.antivirus()]);
  });

  it('is filtered, ordered and counted over all of it', async () => {
    const { value } = await machines("$filter=healthStatus eq 'Active'&$top=3");
    const counted = await machines("$filter=rbacGroupId eq 144 and healthStatus ne 'Active'&$top=2&$count=true");
    const ordered = await machines('$filter=rbacGroupId eq 144&$orderby=lastSeen desc&$top=2&$select=id,lastSeen');
    const all = [...fleetOf(plan).machines()].filter(({ rbacGroupId }) => rbacGroupId === 144);
    const seen = all.map(({ lastSeen }) => Date.parse(lastSeen)).sort((a, b) => b - a);
    expect(value.map(({ healthStatus }) => healthStatus)).toEqual(['Active', 'Active', 'Active']);
    expect(counted['@odata.count']).toBe(all.filter(({ healthStatus }) => healthStatus !== 'Active').length);
    expect(ordered.value.map(({ lastSeen }) => Date.parse(String(lastSeen)))).toEqual(seen.slice(0, 2));
    expect(Object.keys(ordered.value[0] ?? {})).toEqual(['id', 'lastSeen']);
  });

  it('finds machines by id, name and user', async () => {
    const paths = [`machines/${documented}`, 'machines/MYMACHINE1.contoso.com', 'machines/nobody.contoso.com'];
    const answers = await Promise.all(paths.map((path) => defender.get(`/api/${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect(ids((await defender.get('/api/users/user1/machines')).body)).toContain(documented);
  });

  it('lets machines come, change and go', async () => {
    const before = await last();
    const added = await defender.control<{ id: string }>('POST', 'machines?at=0', { riskScore: 'High' });
    await defender.control('PATCH', `machines/${documented}`, { computerDnsName: 'renamed.contoso.com' });
    expect((await last()).slice(1)).toEqual(before);
    expect((await machines('$top=1')).value[0]).toMatchObject({ id: added.id, riskScore: 'High' });
    expect((await defender.get('/api/machines/renamed.contoso.com')).body.id).toBe(documented);
    expect((await defender.get('/api/machines/mymachine1.contoso.com')).status).toBe(404);
    await defender.control('DELETE', `machines/${added.id}`);
    expect(await last()).toEqual(before);
    expect((await defender.get(`/api/machines/${added.id}`)).status).toBe(404);
  });

  it('is summed up with an example of each kind', async () => {
    const told = await defender.control<{ machines: number; incident: object; hostNames: object }>('GET', 'fleet');
    expect(told).toMatchObject({ machines: plan.machines, incident: { hostName: expect.any(String) } });
    expect(Object.values(told.hostNames)).not.toContain(undefined);
  });
});
