import { parseDialect } from '../../../src/local/simulator/dialect.ts';
import { type Asking, asking } from './support/asking.ts';

const name = 'mymachine1.contoso.com';
const several = (count: number) => Array.from({ length: count }, (_, number) => `pc${number}`);
const chain = (count: number) => [name, ...several(count - 1)].map((one) => `computerDnsName eq '${one}'`).join(' or ');
const list = (count: number) =>
  `computerDnsName in (${[name, ...several(count - 1)].map((one) => `'${one}'`).join(',')})`;

describe('the dialect of the simulator', () => {
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking({ machines: 100 });
  });
  afterAll(() => defender.stop());
  afterEach(() => defender.control('DELETE', 'dialect'));

  const filtered = (filter: string) => defender.get(`/api/machines?$filter=${encodeURIComponent(filter)}`);
  const message = async (filter: string) => {
    const { status, body } = await filtered(filter);
    return `${status} ${body.error?.code} ${body.error?.message}`;
  };

  it('takes everything, and compares without regard to case, unless told', async () => {
    for (const filter of [list(200), chain(100), `computerDnsName eq '${name.toUpperCase()}'`])
      expect((await filtered(filter)).body.value).toHaveLength(1);
    expect(await defender.control('GET', 'dialect')).toEqual({
      in: 'taken',
      mostNodes: null,
      mostMembers: null,
      comparesCase: false,
      mostUrlBytes: null,
    });
  });

  it('refuses in as a service that does not know it, wherever it stands', async () => {
    await defender.control('PUT', 'dialect', { in: 'refused' });
    expect(await message("id in ('a','b')")).toBe(
      "400 ODataError The query specified in the URI is not valid. Syntax error at position 5 in 'id in ('a','b')'.",
    );
    expect(await message("riskScore eq 'High' and not (id in ('a'))")).toMatch(/^400 ODataError .* position 34 /);
    expect((await filtered(chain(30))).status).toBe(200);
  });

  it('refuses filters of more nodes than told, of which in is one and each equality four', async () => {
    await defender.control('PUT', 'dialect', { mostNodes: 100 });
    expect((await filtered(chain(20))).body.value).toHaveLength(1);
    expect(await message(chain(21))).toBe(
      "400 ODataError The query specified in the URI is not valid. The node count limit of '100' has been exceeded. " +
        "To increase the limit, set the 'MaxNodeCount' property on EnableQueryAttribute or ODataValidationSettings.",
    );
    expect((await filtered(list(30))).body.value).toHaveLength(1);
    const searches = (count: number) =>
      several(count)
        .map((one) => `startswith(computerDnsName,'${one}')`)
        .join(' or ');
    expect([(await filtered(searches(20))).status, (await filtered(searches(21))).status]).toEqual([200, 400]);
  });

  it('refuses lists of more members than told', async () => {
    await defender.control('PUT', 'dialect', { mostMembers: 15 });
    expect((await filtered(list(15))).body.value).toHaveLength(1);
    expect(await message(list(16))).toMatch(/^400 ODataError .*'15'.*'16'/);
    expect((await filtered(chain(40))).status).toBe(200);
  });

  it.each([
    (own: string) => `computerDnsName eq '${own}'`,
    (own: string) => `'${own}' eq computerDnsName`,
    (own: string) => `computerDnsName in ('${own}','other')`,
    (own: string) => `startswith(computerDnsName,'${own.slice(0, 9)}')`,
    (own: string) => `riskScore ne 'Nothing' and (endswith(computerDnsName,'${own.slice(1)}') or id eq 'other')`,
    (own: string) => `contains(computerDnsName,'${own.slice(1, -1)}')`,
    (own: string) => `not (computerDnsName ne '${own}')`,
  ])('tells case apart where it was told to: %s', async (filterOn) => {
    const [small, capitals] = [filterOn(name), filterOn(name.toUpperCase())];
    const found = async (filter: string) => (await filtered(filter)).body.value.length;
    expect([await found(small), await found(capitals)]).toEqual([1, 1]);
    await defender.control('PUT', 'dialect', { comparesCase: true });
    expect([await found(small), await found(capitals)]).toEqual([1, 0]);
  });

  it('refuses addresses longer than told before it asks who calls, and writes them down', async () => {
    const path = '/api/machines?$top=1';
    await defender.control('PUT', 'dialect', { mostUrlBytes: path.length });
    expect((await defender.get(path)).status).toBe(200);
    const refused = await fetch(`${defender.url}${path}0`);
    expect([refused.status, refused.headers.get('content-type'), await refused.text()]).toEqual([
      414,
      'text/html; charset=us-ascii',
      expect.stringContaining('The request URL is too long'),
    ]);
    const { arrivals } = await defender.control<{ arrivals: { status: number }[] }>('GET', 'arrivals');
    expect(arrivals.at(-1)?.status).toBe(414);
  });

  it('is as it was told last, and as usual in what was not told', async () => {
    await defender.control('PUT', 'dialect', { in: 'refused' });
    expect(await defender.control('PUT', 'dialect', { mostNodes: 50 })).toMatchObject({ in: 'taken', mostNodes: 50 });
  });

  it.each([
    [{ in: 'maybe' }, 'in: '],
    [{ mostNodes: 0 }, 'mostNodes: '],
    [{ most: 1 }, 'most'],
  ])('cannot be %j', async (body, field) => {
    expect(await defender.control('PUT', 'dialect', body)).toEqual({ message: expect.stringContaining(field) });
    expect(await defender.control('GET', 'dialect')).toMatchObject({ in: 'taken', mostNodes: null });
  });
});

describe('the argument --dialect', () => {
  it('names what differs', () => {
    expect(parseDialect('in=refused, mostNodes=100,comparesCase=true')).toMatchObject({
      in: 'refused',
      mostNodes: 100,
      comparesCase: true,
      mostMembers: null,
    });
  });

  it.each(['in', 'mostNodes=many', 'nodes=3', ''])('is refused by its field: %s', (text) => {
    expect(() => parseDialect(text)).toThrow(/^dialect: /);
  });
});
