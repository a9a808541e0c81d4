import { type BoundGateway, type Machine, startBoundGateway, type Who } from './support/boundGateway.ts';

const groups = [141, 142];
const isOwn = ({ rbacGroupId }: Machine) => groups.includes(rbacGroupId as number);

let gateway: BoundGateway;
/** The fleet, as who is not bound gets it. */
let machines: readonly Machine[];
let own: readonly Machine[];
let strangers: readonly Machine[];
beforeAll(async () => {
  gateway = await startBoundGateway(groups);
  machines = await gateway.walk('unbound', '/api/machines');
  own = machines.filter(isOwn);
  strangers = machines.filter((machine) => !isOwn(machine));
});
afterAll(() => gateway.stop());

const ask = async (who: Who, path: string, headers: Record<string, string> = {}, host = 0) => {
  const response = await gateway.get(who, path, headers, host);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const rowsOf = async (who: Who, path: string, host = 0): Promise<readonly Machine[]> => {
  const { status, text } = await ask(who, path, {}, host);
  expect({ path, status }).toEqual({ path, status: 200 });
  return JSON.parse(text).value;
};
const strangersIn = (text: string) => strangers.filter(({ id }) => text.includes(id));
const filter = (text: string) => `/api/machines?$filter=${encodeURIComponent(text)}`;
const one = (some: readonly Machine[], number = 0): Machine => {
  const machine = some[number];
  if (!machine) throw new Error('the fleet is too small');
  return machine;
};

/** Headers of every answer are different; these are of the request, the moment and the quota. */
const ofTheMoment = ['date', 'x-request-id', 'ratelimit', 'traceparent', 'content-length'];
const alike = ({ status, headers, text }: Awaited<ReturnType<typeof ask>>, id: string) => ({
  status,
  headers: [...headers]
    .filter(([name]) => !ofTheMoment.includes(name))
    .map(([name, value]) => [name, value.replaceAll(id, 'id')]),
  text: text.replaceAll(id, 'id').replace(/"target":"[^"]*"/, ''),
});

describe('the fleet, for a caller that is bound to device groups', () => {
  it('is the machines of these groups, as others get them, in their order, page by page', async () => {
    expect([own.length > 100, strangers.length > 100, own.length + strangers.length]).toEqual([true, true, 600]);
    expect(await gateway.walk('bound', '/api/machines')).toEqual(own);
    expect(await gateway.walk('unbound', '/api/machines')).toEqual(machines);
    const active = ({ healthStatus }: Machine) => healthStatus === 'Active';
    expect(await gateway.walk('bound', filter("healthStatus eq 'Active'"))).toEqual(own.filter(active));
  });

  it('is chosen from by what may fail as well, which Defender is not asked', async () => {
    const inactive = own.filter(({ healthStatus }) => healthStatus === 'Inactive');
    const some = inactive.filter(({ computerDnsName: name }) => String(name ?? '').length > 12).slice(0, 5);
    const path = filter("healthStatus eq 'Inactive' and length(computerDnsName) gt 12");
    expect(await rowsOf('bound', `${path}&$top=5`)).toEqual(some);
    expect(await rowsOf('bound', filter("healthStatus eq 'Inactive' and 1 div 0 eq 1"))).toEqual([]);
  });

  it('has links that lead nobody else further', async () => {
    const queryFor = async (who: Who) =>
      new URL(JSON.parse((await ask(who, '/api/machines')).text)['@odata.nextLink']).search;
    const [bound, unbound] = [await queryFor('bound'), await queryFor('unbound')];
    const followed = async (who: Who, query: string) => (await ask(who, `/api/machines${query}`)).status;
    expect([await followed('bound', bound), await followed('bound', unbound)]).toEqual([200, 400]);
    expect([await followed('unbound', unbound), await followed('unbound', bound)]).toEqual([200, 400]);
  });

  it('is chosen from, counted and ordered without the others', async () => {
    expect(await rowsOf('bound', '/api/machines?$top=5&$skip=3')).toEqual(own.slice(3, 8));
    const inactive = own.filter(({ healthStatus }) => healthStatus === 'Inactive');
    const path = filter("healthStatus eq 'Inactive'");
    const counted = await ask('bound', `${path}&$count=true&$select=id&$top=1`);
    expect(JSON.parse(counted.text)).toMatchObject({
      '@odata.count': inactive.length,
      value: [{ id: inactive[0]?.id }],
    });
    const ordered = await rowsOf('bound', `${path}&$orderby=id&$select=id`);
    expect(ordered.map(({ id }) => id)).toEqual(inactive.map(({ id }) => id).sort());
    const both = await gateway.walk('bound', filter('rbacGroupId eq 140 or rbacGroupId eq 141'));
    expect(both).toEqual(own.filter(({ rbacGroupId }) => rbacGroupId === 141));
  });

  it('has tags of its own: what one caller has is not modified for itself alone', async () => {
    const tags = Object.fromEntries(
      await Promise.all(
        (['bound', 'unbound'] as const).map(async (who) => [
          who,
          (await ask(who, '/api/machines?$top=5')).headers.get('etag'),
        ]),
      ),
    );
    expect(tags.bound).not.toBe(tags.unbound);
    const known = async (who: Who, tag: string) =>
      (await ask(who, '/api/machines?$top=5', { 'if-none-match': tag })).status;
    expect([await known('bound', tags.bound), await known('bound', tags.unbound)]).toEqual([304, 200]);
    expect([await known('unbound', tags.unbound), await known('unbound', tags.bound)]).toEqual([304, 200]);
  });
});

describe('one machine, for a caller that is bound to device groups', () => {
  it('is as others get it where it is of these groups', async () => {
    const { id, computerDnsName } = one(own);
    const path = `/api/machines/${id}`;
    const [bound, unbound] = [await ask('bound', path), await ask('unbound', path)];
    expect([bound.status, bound.text]).toEqual([200, unbound.text]);
    const chosen = await ask('bound', `${path}?$select=computerDnsName`);
    expect(JSON.parse(chosen.text)).toMatchObject({ computerDnsName });
    expect(Object.keys(JSON.parse(chosen.text))).toEqual(['@odata.context', 'computerDnsName']);
  });

  const orders: readonly (readonly Who[])[] = [
    ['bound'],
    ['unbound', 'bound'],
    ['bound', 'unbound', 'bound'],
    ['unbound', 'bound', 'bound'],
  ];
  it.each(orders.map((order, i) => [order.join(', then '), order, i] as const))(
    'is not there where it is of another group, as one that does not exist, asked by %s',
    async (_, order, i) => {
      const unknown = `${i}`.repeat(40);
      const { id } = one(strangers, 10 + i);
      const last = async (asked: string) => {
        let answer = await ask('bound', '/gateway/health');
        for (const who of order) answer = await ask(who, `/api/machines/${asked}`);
        return alike(answer, asked);
      };
      const hidden = await last(id);
      expect(hidden).toEqual(await last(unknown));
      expect(hidden).toMatchObject({
        status: 404,
        text: expect.stringContaining('"ResourceNotFound","message":"Machine id was not found"'),
      });
    },
  );

  it('is not there in the other process either, which has it from those who may see it', async () => {
    const { id } = one(strangers, 20);
    expect((await ask('unbound', `/api/machines/${id}`, {}, 0)).status).toBe(200);
    expect((await ask('bound', `/api/machines/${id}`, {}, 1)).status).toBe(404);
    const shown = one(own, 20);
    expect((await ask('bound', `/api/machines/${shown.id}`, {}, 1)).status).toBe(200);
    expect((await ask('unbound', `/api/machines/${shown.id}`, {}, 0)).text).toContain(shown.id);
  });

  it('is found by its name only where it is of these groups', async () => {
    const isAlone = ({ computerDnsName: name }: Machine) =>
      typeof name === 'string' && machines.filter(({ computerDnsName }) => computerDnsName === name).length === 1;
    for (const [some, wanted] of [
      [own, 1],
      [strangers, 0],
    ] as const) {
      const { computerDnsName: name } = one(some.filter(isAlone));
      for (const who of ['bound', 'unbound', 'bound'] as const)
        expect(await rowsOf(who, filter(`computerDnsName eq '${name}'`))).toHaveLength(who === 'bound' ? wanted : 1);
    }
  });
});

describe('the machines of a user, a domain and an alert, for a caller that is bound to device groups', () => {
  it.each(['/api/users/administrator/machines', '/api/domains/login.microsoftonline.com/machines'])(
    '%s has those of these groups, whoever asks first',
    async (path) => {
      for (const [order, address] of [
        [['bound', 'unbound'], path],
        [['unbound', 'bound'], path.replace('/api/', '/api/v1.0/')],
      ] as const) {
        const asked = new Map<Who, readonly Machine[]>();
        for (const who of order) asked.set(who, await rowsOf(who, address));
        const all = asked.get('unbound') ?? [];
        expect(all.some((machine) => !isOwn(machine))).toBe(true);
        expect(asked.get('bound')).toEqual(all.filter(isOwn));
        const [top, counted] = [
          await rowsOf('bound', `${address}?$top=1&$select=id`),
          await ask('bound', `${address}?$count=true`),
        ];
        expect(top).toEqual([{ id: all.find(isOwn)?.id }]);
        expect(JSON.parse(counted.text)['@odata.count']).toBe(all.filter(isOwn).length);
      }
    },
  );

  it('are chosen from and ordered without those of other groups, which nothing it asks for is worked out with', async () => {
    const path = '/api/users/administrator/machines';
    const mine = (await rowsOf('unbound', path)).filter(isOwn);
    const query = `?$filter=${encodeURIComponent('length(computerDnsName) gt 0')}&$orderby=id desc`;
    const ids = mine.filter(({ computerDnsName: name }) => name).map(({ id }) => id);
    expect((await rowsOf('bound', path + query)).map(({ id }) => id)).toEqual(ids.sort().reverse());
    const failing = `?$filter=${encodeURIComponent('length(id) gt 0 and 1 div 0 eq 1')}`;
    expect(await rowsOf('bound', path + failing)).toEqual([]);
    const refused = await ask('bound', `${path}?$filter=${encodeURIComponent("cast(osBuild,Edm.String) eq '1'")}`);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("can't use 'cast' here")]);
  });

  it('is answered for an alert as for an unknown one where its machine is another group’s', async () => {
    const alerts = Object.values(gateway.fleet.alertIds);
    const told = await Promise.all(
      alerts.map(async (alert) => {
        const all = await ask('unbound', `/api/alerts/${alert}/machine`);
        const machine: Machine = JSON.parse(all.text);
        const bound = await ask('bound', `/api/alerts/${alert}/machine`);
        expect(bound.status).toBe(all.status === 200 && isOwn(machine) ? 200 : 404);
        return alike(bound, alert);
      }),
    );
    const unknown = gateway.fleet.examples.unknownAlertId ?? '';
    const hidden = told.find(({ status }) => status === 404);
    expect(hidden).toEqual(alike(await ask('bound', `/api/alerts/${unknown}/machine`), unknown));
  });
});

describe('the resolver, for a caller that is bound to device groups', () => {
  it('knows nothing of machines of other groups', async () => {
    const resolve = async (who: Who, machineId: string) =>
      JSON.parse((await ask(who, `/gateway/machines/resolve?machineId=${machineId}`)).text);
    const { id } = one(strangers, 30);
    expect(await resolve('unbound', id)).toMatchObject({ askedFor: { machineId: id } });
    const hidden = await resolve('bound', id);
    expect(hidden).toMatchObject({ match: 'none', machine: null, candidates: [], candidatesLeftOut: 0 });
    const unknown = 'f'.repeat(40);
    expect(JSON.stringify(hidden).replaceAll(id, unknown)).toBe(JSON.stringify(await resolve('bound', unknown)));
  });

  it('names no stranger, whatever is asked', async () => {
    const labels = [...new Set(machines.map(({ computerDnsName: name }) => String(name).split('.')[0] ?? ''))];
    const requests = labels
      .filter((hostName) => /^[A-Za-z0-9][\w-]*$/.test(hostName))
      .map((hostName, i) => ({ id: `${i}`, hostName }));
    const response = await gateway.post('bound', '/gateway/machines/resolve', { requests: requests.slice(0, 1000) });
    const { responses } = JSON.parse(await response.text());
    const shown: Machine[] = responses.flatMap(
      ({ body }: { body: { machine: Machine | null; candidates: { machine: Machine }[] } }) => [
        ...(body.machine ? [body.machine] : []),
        ...body.candidates.map(({ machine }) => machine),
      ],
    );
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((machine) => !isOwn(machine))).toEqual([]);
  });
});

describe('a batch, for a caller that is bound to device groups', () => {
  it('answers each request as it would be answered alone', async () => {
    const urls = [
      `machines/${one(own, 3).id}`,
      `machines/${one(strangers, 3).id}`,
      'users/administrator/machines',
      'machines?$top=4',
      `machines?$filter=id eq '${one(strangers, 4).id}'`,
    ];
    const requests = urls.map((url, i) => ({ id: `${i}`, method: 'GET', url }));
    const response = await gateway.post('bound', '/api/$batch', { requests });
    const text = await response.text();
    const responses: readonly { status: number; body: { value?: readonly Machine[] } }[] = JSON.parse(text).responses;
    expect(responses.map(({ status }) => status)).toEqual([200, 404, 200, 200, 200]);
    expect(responses.map(({ body }) => body.value?.length)).toEqual([undefined, undefined, expect.any(Number), 4, 0]);
    const rows = responses.flatMap(({ body }) => body.value ?? []);
    expect(rows.filter((machine) => !isOwn(machine))).toEqual([]);
  });
});

describe('what can’t be narrowed', () => {
  it.each([
    '/testwdatppreview/machinesecuritystates',
    '/gateway/snapshots',
    `/gateway/machines/${'a'.repeat(40)}/states`,
    '/gateway/alerts',
  ])('is refused to a caller that is bound to device groups: %s', async (path) => {
    const { status, text } = await ask('bound', path);
    expect([status, JSON.parse(text).error.code]).toEqual([403, 'Forbidden']);
    expect((await ask('unbound', path)).status).not.toBe(403);
  });

  it.each(['/api/machines?$expand=users', '/api/users/administrator/machines?$apply=aggregate($count as n)'])(
    'is no option for it: %s',
    async (path) => {
      const { status, text } = await ask('bound', path);
      expect([status, text]).toEqual([400, expect.stringContaining('bound to device groups')]);
    },
  );

  it('says nothing of strangers by an error', async () => {
    for (const path of [
      filter('rbacGroupId eq'),
      '/api/machines?$skiptoken=x',
      `/api/machines/${one(strangers).id}?$top=1`,
    ])
      expect(strangersIn((await ask('bound', path)).text.replaceAll(one(strangers).id, ''))).toEqual([]);
  });
});
