import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';

const machineId = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const name = 'mymachine1.contoso.com';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ limits: '1000/60' });
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.forgetArrivals());

const sent = async () => (await gateway.arrivals()).map(({ path, query }) => path + query);

describe('GET /api/machines/{id}', () => {
  it.each([
    ['an id', machineId],
    ['an id in capitals', machineId.toUpperCase()],
    ['a computer name', name],
    ['a computer name in capitals', name.toUpperCase()],
  ])('gives the machine of %s, as Defender does', async (_, value) => {
    const path = `/api/machines/${value}`;
    const response = await gateway.get(path, { 'accept-encoding': 'identity' });
    const body = await response.text();
    expect([response.status, JSON.parse(body).id]).toEqual([200, machineId]);
    expect(await sent()).toEqual([path]);
    expect(body).toBe(await (await gateway.direct(path)).text());
  });

  it('answers under the versioned path, too', async () => {
    const response = await gateway.get(`/api/v1.0/machines/${machineId}`);
    expect([response.status, (await bodyOf(response)) as object]).toEqual([
      200,
      expect.objectContaining({ id: machineId }),
    ]);
    expect(await sent()).toEqual([`/api/v1.0/machines/${machineId}`]);
  });

  it.each(['0'.repeat(40), 'nowhere.contoso.com'])('%s: gives Defender’s own 404', async (value) => {
    const response = await gateway.get(`/api/machines/${value}`);
    expect(response.status).toBe(404);
    const { code, message } = await errorOf(response);
    const own = await errorOf(await gateway.direct(`/api/machines/${value}`));
    expect({ code, message }).toEqual({ code: own.code, message: own.message });
    expect(await sent()).toHaveLength(1);
  });

  it.each([
    ["findbyip(ip='10.0.0.1',timestamp=2026-01-01T00:00:00Z)", '/gateway/machines/resolve?ipAddress='],
    ["findbytag(tag='x',useStartsWithFilter=true)", '$filter=machineTags/any'],
    [`${machineId},${machineId}`, 'POST /api/$batch'],
    ['SoftwareInventoryByMachine', 'ask Defender itself'],
    ['$count', 'ask Defender itself'],
  ])('%s is no machine: 404, where to ask, and no call', async (value, advice) => {
    const response = await gateway.get(`/api/machines/${encodeURIComponent(value)}`);
    expect(response.status).toBe(404);
    const { code, message, target } = await errorOf(response);
    expect([code, target]).toEqual(['ResourceNotFound', response.headers.get('x-request-id')]);
    expect(message).toContain(advice);
    expect(await sent()).toEqual([]);
  });

  it.each(['..%2Fusers', 'a%0Ab', '%2e%2e%2fx'])('%s is refused: 400, and no call', async (value) => {
    const response = await gateway.get(`/api/machines/${value}`);
    expect([response.status, await sent()]).toEqual([400, []]);
    expect((await errorOf(response)).message).toContain("can't be a machine id");
  });
});
