import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';
import { idsOf, type WalkedPage, walk } from './support/walking.ts';

const machines = '/api/machines';
const anew = { 'cache-control': 'no-cache' };

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ hosts: 2, limits: '10000/60', simulator: { machines: 1050, pageSize: 100 } });
});
afterAll(() => gateway.stop());

/** The ids of all machines at this moment, in Defender's order. */
const fleet = async (query = ''): Promise<readonly unknown[]> => {
  const ids: unknown[] = [];
  for (;;) {
    const { value } = await bodyOf(await gateway.direct(`${machines}?$top=100&$skip=${ids.length}${query}`));
    ids.push(...value.map(({ id }) => id));
    if (value.length < 100) return ids;
  }
};

const active = encodeURIComponent("healthStatus eq 'Active'");

describe('a walk through all machines', () => {
  it('ends, gives each machine once, in their order, and needs one call for each page', async () => {
    await gateway.forgetArrivals();
    const pages = await walk(gateway, machines, { headers: anew });
    expect(idsOf(pages)).toEqual(await fleet());
    expect(await gateway.arrivals()).toHaveLength(pages.length);
    expect(pages.map(({ warning }) => warning)).toEqual(pages.map(() => null));
  });

  it('goes on at any host', async () => {
    const pages = await walk(gateway, machines, { hostOf: (page) => page % 2 });
    expect(idsOf(pages)).toEqual(await fleet());
  });

  it('keeps to its filter and its properties', async () => {
    const pages = await walk(gateway, `${machines}?$filter=${active}&$select=id,healthStatus&$skip=7`);
    expect(idsOf(pages)).toEqual((await fleet(`&$filter=${active}`)).slice(7));
    const rows = pages.flatMap((page) => page.rows);
    expect(new Set(rows.map((row) => Object.keys(row).join()))).toEqual(new Set(['id,healthStatus']));
    expect(new Set(rows.map(({ healthStatus }) => healthStatus))).toEqual(new Set(['Active']));
  });
});

describe('a walk while machines come and go', () => {
  const add = () => gateway.control('POST', 'machines?at=0', {});
  const remove = (page: WalkedPage | undefined, count: number) =>
    Promise.all((page?.rows ?? []).slice(0, count).map(({ id }) => gateway.control('DELETE', `machines/${id}`)));

  const times = async (count: number, step: () => Promise<unknown>) => {
    for (let i = 0; i < count; i++) await step();
  };

  it.each<[string, (page: WalkedPage | undefined) => Promise<unknown>]>([
    ['20 come at the front', () => times(20, add)],
    ['20 of those that were given go', (page) => remove(page, 20)],
    ['15 come and 15 go', (page) => Promise.all([times(15, add), remove(page, 15)])],
  ])('misses none that is there all the time, and gives none twice, where %s for each page', async (_, change) => {
    const before = new Set(await fleet());
    const given = idsOf(await walk(gateway, machines, { headers: anew, meanwhile: (pages) => change(pages.at(-1)) }));
    expect(new Set(given).size).toBe(given.length);
    const lasting = (await fleet()).filter((id) => before.has(id));
    expect(lasting.filter((id) => !given.includes(id))).toEqual([]);
  });

  it('misses none where it begins with a page that was kept', async () => {
    const before = await fleet();
    await gateway.get(`${machines}?$skip=0`);
    await times(10, add);
    await gateway.forgetArrivals();
    const pages = await walk(gateway, `${machines}?$skip=0`);
    const given = idsOf(pages);
    expect(await gateway.arrivals()).toHaveLength(pages.length - 1);
    expect(new Set(given).size).toBe(given.length);
    expect(before.filter((id) => !given.includes(id))).toEqual([]);
  });

  it('says so where so many went that it can’t be sure', async () => {
    const pages = await walk(gateway, machines, {
      headers: anew,
      meanwhile: async (walked) => walked.length === 1 && remove(walked[0], 90),
    });
    expect(pages[1]?.warning).toMatch(/^Too many machines came or went/);
    expect(pages.filter(({ warning }) => warning !== null)).toHaveLength(1);
  });
});

describe('a link to the next page', () => {
  it('is refused where it was changed, cut or has company: 400, and no call', async () => {
    const link = (await bodyOf(await gateway.get(machines)))['@odata.nextLink'] ?? '';
    const path = link.slice(gateway.urls[0]?.length);
    await gateway.forgetArrivals();
    const middle = Math.floor((path.indexOf('=') + path.length) / 2);
    const changed = path.slice(0, middle) + (path[middle] === 'A' ? 'B' : 'A') + path.slice(middle + 1);
    for (const wrong of [changed, path.slice(0, -1), `${path}&$top=5`, `${machines}?$skiptoken=10000`]) {
      const response = await gateway.get(wrong);
      expect([wrong, response.status]).toEqual([wrong, 400]);
      const { code, message } = await errorOf(response);
      expect([code, message]).toEqual(['ODataError', expect.stringMatching(/^\$skiptoken: /)]);
    }
    expect(await gateway.arrivals()).toEqual([]);
    expect((await gateway.get(path)).status).toBe(200);
  });

  it('is not given to who says how many it wants: $top and $skip are Defender’s', async () => {
    for (const query of ['?$top=30&$skip=60', '?$top=100', `?$top=3&$filter=${active}`]) {
      const response = await gateway.get(machines + query);
      expect(await response.text()).toBe(await (await gateway.direct(machines + query)).text());
    }
  });
});
