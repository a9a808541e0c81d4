import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';
import { idsOf, walk } from './support/walking.ts';

type Row = Readonly<Record<string, unknown>>;

let gateway: Gateway;
let all: readonly Row[];
beforeAll(async () => {
  gateway = await startGateway({ limits: '1000/60', simulator: { machines: 25_000 } });
  const parts = [0, 10_000, 20_000].map((skip) => gateway.direct(`/api/machines?$top=10000&$skip=${skip}`));
  all = (await Promise.all((await Promise.all(parts)).map(bodyOf))).flatMap(({ value }) => value);
});
afterAll(() => gateway.stop());

const machines = (options: Readonly<Record<string, string>>) => `/api/machines?${new URLSearchParams(options)}`;
const list = async (options: Readonly<Record<string, string>>) => {
  const response = await gateway.get(machines(options));
  expect([options, response.status]).toEqual([options, 200]);
  return bodyOf(response);
};
const byText = (property: string) => (a: Row, b: Row) => {
  const [x, y] = [String(a[property]), String(b[property])];
  return x < y ? -1 : x > y ? 1 : 0;
};

describe('a fleet of 25,000', () => {
  it('is three pages, with each machine once, and three calls', async () => {
    await gateway.forgetArrivals();
    const pages = await walk(gateway, '/api/machines');
    expect(pages[0]?.rows).toHaveLength(10_000);
    expect(pages).toHaveLength(3);
    expect(idsOf(pages)).toEqual(all.map(({ id }) => id));
    expect(await gateway.arrivals()).toHaveLength(3);
  });

  it.each([
    ['$orderby', { $orderby: 'lastSeen desc', $top: '5' }],
    ['$count', { $count: 'true', $top: '5' }],
  ])('is too large for %s: 400, with what to do', async (option, options) => {
    const response = await gateway.get(machines(options));
    expect(response.status).toBe(400);
    const { code, message } = await errorOf(response);
    expect([code, message]).toEqual(['ODataError', expect.stringMatching(/10000 machines match, or more/)]);
    expect(message).toMatch(new RegExp(`^\\${option}: .*Give a \\$filter, or leave \\${option} out$`));
  });
});

describe('the machines that a filter leaves', () => {
  let few: readonly Row[];
  beforeAll(async () => {
    few = (await list({ $filter: "riskScore eq 'High' and healthStatus eq 'Active'" })).value;
  });
  const filter = { $filter: "riskScore eq 'High' and healthStatus eq 'Active'" };

  it('are those that are so', () => {
    const wanted = all.filter(({ riskScore, healthStatus }) => riskScore === 'High' && healthStatus === 'Active');
    expect(few).toEqual(wanted);
    expect(few.length).toBeGreaterThan(20);
    expect(few.length).toBeLessThan(10_000);
  });

  it('come in the order that $orderby says, before $skip and $top count', async () => {
    const ordered = [...few].sort(byText('computerDnsName'));
    const { value } = await list({ ...filter, $orderby: 'computerDnsName', $skip: '3', $top: '10' });
    expect(value.map(({ computerDnsName }) => computerDnsName)).toEqual(
      ordered.slice(3, 13).map(({ computerDnsName }) => computerDnsName),
    );
    const latest = await list({ ...filter, $orderby: 'lastSeen desc', $top: '7' });
    expect(latest.value.map(({ lastSeen }) => lastSeen)).toEqual(
      [...few]
        .sort(byText('lastSeen'))
        .reverse()
        .slice(0, 7)
        .map(({ lastSeen }) => lastSeen),
    );
  });

  it('are counted all, whatever $top gives', async () => {
    const { value, '@odata.count': count } = await list({ ...filter, $count: 'true', $top: '2' });
    expect([value, count]).toEqual([few.slice(0, 2), few.length]);
  });

  it('have the properties that $select says, in any case of letters, and the context says which', async () => {
    const body = await list({ ...filter, $select: 'ID,computerdnsname', $top: '4' });
    expect(body.value).toEqual(few.slice(0, 4).map(({ id, computerDnsName }) => ({ id, computerDnsName })));
    expect(body['@odata.context']).toMatch(/#Machines\(id,computerDnsName\)$/);
  });

  it.each([
    [
      '$select',
      'computerDnsNam',
      "$select: 'computerDnsNam' is not a property of a Machine. Did you mean: computerDnsName",
    ],
    ['$orderby', 'machineTags', "$orderby: 'machineTags' is more than one value, and has no order"],
  ])('can’t be had by %s=%s, which costs no call', async (option, value, said) => {
    await gateway.forgetArrivals();
    const response = await gateway.get(machines({ ...filter, [option]: value }));
    expect([response.status, (await errorOf(response)).message.toLowerCase()]).toEqual([400, said.toLowerCase()]);
    expect(await gateway.arrivals()).toEqual([]);
  });
});
