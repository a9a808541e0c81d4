import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';

const machineId = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const documentedAlert = '636688558380765161_2136280442';
/** What is kept would not show what Defender is asked. */
const anew = { 'cache-control': 'no-cache' };
const filter = (text: string) => `/api/machines?$filter=${encodeURIComponent(text)}`;

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ limits: '1000/60', simulator: { machines: 3000, securityStatesPageSize: 1000 } });
});
afterAll(() => gateway.stop());

const rows = async (path: string) => {
  const response = await gateway.get(path);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return (await bodyOf(response)).value;
};

/** What Defender was asked last: path and decoded query. */
const lastAsked = async () => {
  const { path, query } = (await gateway.arrivals()).at(-1) ?? { path: '', query: '' };
  return decodeURIComponent(query === '' ? path : `${path}?${query}`);
};

describe('GET /api/machines', () => {
  it('gives the machines that a filter names', async () => {
    const found = await rows(filter("computerDnsName eq 'mymachine1.contoso.com'"));
    expect(found.map(({ id }) => id)).toContain(machineId);
  });

  it('takes $top and $skip', async () => {
    const two = await rows('/api/machines?$top=2');
    const [second] = await rows('/api/machines?$top=1&$skip=1');
    expect(two).toHaveLength(2);
    expect(second).toEqual(two[1]);
  });

  it.each([
    ["HealthStatus eq 'Active'", "healthStatus eq 'Active'"],
    ['lastSeen gt 2018-08-01Z', 'lastSeen gt 2018-08-01Z'],
    ["machineTags/any(t: t eq 'x')", "machineTags/any(t: t eq 'x')"],
    ["rbacGroupId eq '140'", "rbacGroupId eq '140'"],
    ['id in ("a","b")', undefined],
    ["tolower(computerDnsName) eq 'x'", "tolower(computerDnsName) eq 'x'"],
  ])('sends %j as documented', async (written, sent) => {
    await gateway.get(filter(written), anew);
    if (sent !== undefined) expect(await lastAsked()).toBe(`/api/machines?$filter=${sent}`);
    else expect(await lastAsked()).toMatch(/^\/api\/machines\?\$filter=id in \(["']a["'],\s?["']b["']\)$/);
  });

  it.each([
    [
      '/api/machines?%24filter=healthStatus+eq+%27Active%27&%24top=3',
      "/api/machines?$filter=healthStatus eq 'Active'&$top=3",
    ],
    ['/api/machines?$top=5&', '/api/machines?$top=5'],
    ['/api/machines?$filter=&$top=2', '/api/machines?$top=2'],
    ['/api/machines?code=not-the-key&top=7&$top=2', '/api/machines?$top=2'],
    ['/api/machines?$select=id,computerDnsName&$orderby=lastSeen desc&$count=true&$top=2', '/api/machines'],
    ['/API/Machines/?$top=2', '/api/machines?$top=2'],
    ['/api/v1.0/machines?$top=2', '/api/v1.0/machines?$top=2'],
  ])('%s is asked as %s', async (path, asked) => {
    expect((await gateway.get(path, anew)).status).toBe(200);
    expect(await lastAsked()).toBe(asked);
  });

  it.each([
    [
      filter("healthStatus EQ 'Active'"),
      "$filter, character 14: 'EQ' is not an operator; operators are lower case. Did you mean: healthStatus eq 'Active'",
    ],
    [
      filter("computerDnsNam eq 'x'"),
      "$filter, character 1: 'computerDnsNam' is not a property of a machine. Did you mean: computerDnsName eq 'x'",
    ],
    [filter('lastSeen gt 5'), '$filter, character 13: '],
    [filter("computerDnsName eq 'O'Brien'"), '$filter, character '],
    ['/api/machines?$top=10001', "$top: '10001'"],
    ['/api/machines?$filer=x', "'$filer' is not an option of OData. Did you mean: $filter"],
  ])('%s is a 400 that says %j, and costs no call', async (path, said) => {
    await gateway.forgetArrivals();
    const response = await gateway.get(path);
    expect(response.status).toBe(400);
    const { code, message, target } = await errorOf(response);
    expect({ code, target }).toEqual({ code: 'ODataError', target: response.headers.get('x-request-id') });
    expect(message.slice(0, said.length)).toBe(said);
    expect(await gateway.arrivals()).toEqual([]);
  });

  it('gives every property as Defender does, those no document lists included', async () => {
    const [machine] = await rows(filter(`id eq '${machineId}'`));
    expect(machine).toMatchObject({ mergedIntoMachineId: null, isExcluded: false, managedBy: expect.any(String) });
    expect(typeof machine?.rbacGroupId).toBe('number');
  });
});

describe('GET /api/users/{id}/machines', () => {
  it.each(['user1', 'user1@contoso.com', 'CONTOSO%5Cuser1'])(
    '%s: gives the machines of user1, and says so',
    async (id) => {
      const response = await gateway.get(`/api/users/${id}/machines`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-location')).toBe('/api/users/user1/machines');
      expect((await bodyOf(response)).value.length).toBeGreaterThan(0);
    },
  );

  it('gives an empty set for a user whom nobody knows', async () => {
    expect(await rows('/api/users/nobody/machines')).toEqual([]);
  });
});

describe('GET /api/domains/{domain}/machines', () => {
  it('gives the machines of a domain', async () => {
    expect((await rows('/api/domains/malware.example/machines')).length).toBeGreaterThan(0);
  });

  it('says that an answer of 500 may be cut', async () => {
    const response = await gateway.get('/api/domains/login.microsoftonline.com/machines');
    expect((await bodyOf(response)).value).toHaveLength(500);
    expect(response.headers.get('x-gateway-warning')).toContain('500 machines, the most that Defender gives');
  });

  it('passes on options that no document lists', async () => {
    expect((await gateway.get('/api/domains/malware.example/machines?$top=3')).status).toBe(200);
    expect(await lastAsked()).toBe('/api/domains/malware.example/machines?$top=3');
  });
});

describe('GET /api/alerts/{id}/machine', () => {
  it('gives the machine, to the byte as Defender sends it', async () => {
    const path = `/api/alerts/${documentedAlert}/machine`;
    const response = await gateway.get(path, { 'accept-encoding': 'identity' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('odata.metadata=minimal');
    expect(response.headers.get('content-encoding')).toBeNull();
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ '@odata.context': expect.stringContaining('/$entity') });
    expect(body).toBe(await (await gateway.direct(path)).text());
  });

  it('gives Defender’s own 404 for an alert that it does not know', async () => {
    const response = await gateway.get('/api/alerts/da637472900382838869_1/machine');
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toMatchObject({ code: 'ResourceNotFound' });
  });

  it.each(['..%2Fx', 'a%252e%252e', 'a%2Fb', 'a%0Ab', '%7F', 'a%5Cb'])(
    '%s is refused, and asks for nothing',
    async (id) => {
      await gateway.forgetArrivals();
      const response = await gateway.get(`/api/alerts/${id}/machine`);
      expect(response.status).toBe(400);
      expect((await errorOf(response)).message).toContain("can't be an alert id");
      expect(await gateway.arrivals()).toEqual([]);
    },
  );
});

describe('GET /testwdatppreview/machinesecuritystates', () => {
  it('pages to the end by links that lead to the gateway', async () => {
    const seen = new Set<unknown>();
    let path = '/testwdatppreview/machinesecuritystates';
    let count = 0;
    for (let pages = 0; path !== '' && pages < 10; pages++) {
      const page = await bodyOf(await gateway.get(path));
      for (const { id } of page.value) seen.add(id);
      count = page['@odata.count'];
      const link = page['@odata.nextLink'] ?? '';
      if (link !== '')
        expect(link.startsWith(`${gateway.urls[0]}/testwdatppreview/machinesecuritystates?$skiptoken=`)).toBe(true);
      path = link.slice(gateway.urls[0]?.length ?? 0);
    }
    expect(seen.size).toBe(count);
    expect(count).toBeGreaterThan(2000);
  });
});

describe('every call', () => {
  it('needs a key', async () => {
    expect((await gateway.get('/api/machines', { 'x-functions-key': '' })).status).toBe(401);
    expect((await gateway.get('/api/machines', { 'x-functions-key': 'wrong' })).status).toBe(401);
  });

  it('carries the caller’s trace to Defender, a step deeper, and its id', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await gateway.get('/api/machines?$top=1', { ...anew, traceparent, 'x-request-id': 'run-42' });
    const { headers } = (await gateway.arrivals()).at(-1) ?? {};
    expect(headers).toMatchObject({
      traceparent: expect.stringMatching(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/),
      'x-request-id': 'run-42',
      'user-agent': 'defender-machine-gateway',
    });
  });

  it('says it when an option is given twice', async () => {
    const response = await gateway.get('/api/machines?$top=1&$top=2');
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toContain('$top: it is given more than once');
  });

  it('shares one token', async () => {
    expect(await gateway.tokenRequests()).toBeLessThanOrEqual(2);
  });
});
