import { type Asking, asking, graphToken, ids } from './support/asking.ts';

const documented = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const documentedAlert = '636688558380765161_2136280442';

describe('Defender’s calls', () => {
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking({ machines: 2000 });
  });
  afterAll(() => defender.stop());

  it('list machines in a collection of the documented context', async () => {
    const { status, body } = await defender.get('/api/machines');
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['@odata.context', 'value']);
    expect(body['@odata.context']).toBe('https://api.security.microsoft.com/api/$metadata#Machines');
    expect(body.value).toHaveLength(2000);
    expect(body.value[0]).toMatchObject({
      id: documented,
      computerDnsName: 'mymachine1.contoso.com',
      rbacGroupId: 140,
    });
  });

  it('answer under their version as well, and say so in their context', async () => {
    const { body } = await defender.get('/api/v1.0/machines?$top=1');
    expect(body['@odata.context']).toBe('https://api.security.microsoft.com/api/v1.0/$metadata#Machines');
  });

  it.each([
    ['its id', documented],
    ['its id in capitals', documented.toUpperCase()],
    ['its name', 'mymachine1.contoso.com'],
    ['its name in capitals', 'MYMACHINE1.contoso.com'],
  ])('give one machine by %s', async (_, value) => {
    const { status, body } = await defender.get(`/api/machines/${value}`);
    expect(status).toBe(200);
    expect(body['@odata.context']).toBe('https://api.security.microsoft.com/api/$metadata#Machines/$entity');
    expect(body.id).toBe(documented);
  });

  it('give the machine seen last where several bear the name', async () => {
    const { body: all } = await defender.get('/api/machines?$filter=isPotentialDuplication%20eq%20true');
    expect(all.error.message).toContain("'isPotentialDuplication' cannot be used");
    const { body } = await defender.get('/api/machines?$skip=27&$top=5');
    const twins = body.value.filter(({ computerDnsName: name }) => name === body.value[0]?.computerDnsName);
    const latest = twins
      .map(({ lastSeen }) => lastSeen)
      .sort()
      .at(-1);
    expect(twins).toHaveLength(2);
    expect((await defender.get(`/api/machines/${twins[0]?.computerDnsName}`)).body.lastSeen).toBe(latest);
  });

  it.each(['0000000000000000000000000000000000000000', 'nobody.contoso.com', `${documented},${documented}`])(
    'say ResourceNotFound of the machine %s',
    async (value) => {
      const { status, body } = await defender.get(`/api/machines/${value}`);
      expect(status).toBe(404);
      expect(body.error).toMatchObject({ code: 'ResourceNotFound', message: `Machine ${value} was not found` });
      expect(body.error.target).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it.each(['user1', 'USER1', "o'brien", 'anna maria', 'müller', '100%ig', 'a&b', 'c#dev', 'svc_backup$'])(
    'list the machines of the user %s',
    async (user) => {
      const { status, body } = await defender.get(`/api/users/${encodeURIComponent(user)}/machines`);
      expect(status).toBe(200);
      expect(body.value.length).toBeGreaterThan(0);
    },
  );

  it.each(['user1@contoso.com', 'CONTOSO\\user1', 'nobody'])('know no user %s: 200 and nothing', async (user) => {
    const { status, body } = await defender.get(`/api/users/${encodeURIComponent(user)}/machines`);
    expect({ status, value: body.value }).toEqual({ status: 200, value: [] });
  });

  it('list 500 machines of a domain at most, and ignore options', async () => {
    const { body } = await defender.get('/api/domains/login.microsoftonline.com/machines?$top=3');
    expect(body.value).toHaveLength(500);
  });

  it('list few machines of a rare domain, none of an unknown one, whatever the case', async () => {
    const [rare, capitals, unknown] = await Promise.all(
      ['malware.example', 'MALWARE.EXAMPLE', 'unknown.example'].map((name) =>
        defender.get(`/api/domains/${name}/machines`),
      ),
    );
    expect(rare?.body.value.length).toBeGreaterThan(0);
    expect(capitals?.body).toEqual(rare?.body);
    expect([unknown?.status, unknown?.body.value]).toEqual([200, []]);
  });

  it('say InvalidDomainName of what is none', async () => {
    const { status, body } = await defender.get('/api/domains/a%20b/machines');
    expect([status, body.error.code]).toEqual([400, 'InvalidDomainName']);
  });

  it('give the machine of an alert', async () => {
    const { status, body } = await defender.get(`/api/alerts/${documentedAlert}/machine`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: documented, '@odata.context': expect.stringMatching(/#Machines\/\$entity$/) });
  });

  it('give the machine of alerts of every id shape', async () => {
    const { alertIds } = await defender.control<{ alertIds: Record<string, string> }>('GET', 'fleet');
    const answers = await Promise.all(Object.values(alertIds).map((id) => defender.get(`/api/alerts/${id}/machine`)));
    expect(Object.keys(alertIds)).toHaveLength(8);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });

  it('say 404 alike of an unknown alert, of one of an unknown device and of one without', async () => {
    const { examples } = await defender.control<{ examples: Record<string, string> }>('GET', 'fleet');
    const known = await defender.get(`/api/alerts/${examples.alertOfUnknownMachine}`);
    expect(known.status).toBe(200);
    for (const id of [examples.alertOfUnknownMachine, examples.alertWithoutMachine, examples.unknownAlertId]) {
      const { status, body } = await defender.get(`/api/alerts/${id}/machine`);
      expect([status, body.error.code]).toEqual([404, 'ResourceNotFound']);
    }
  });

  it('list alerts without their evidence unless it is asked for', async () => {
    const [plain, expanded, single] = await Promise.all(
      ['alerts?$top=2', 'alerts?$top=2&$expand=evidence', `alerts/${documentedAlert}`].map((path) =>
        defender.get(`/api/${path}`),
      ),
    );
    expect(plain?.body.value.map(({ evidence }) => evidence)).toEqual([[], []]);
    expect(expanded?.body.value[0]?.evidence).toEqual(single?.body.evidence);
    expect(single?.body.evidence).toHaveLength(2);
    expect(plain?.body['@odata.nextLink']).toBeUndefined();
  });

  it('filter alerts by what is documented, and by nothing else', async () => {
    const high = await defender.get(
      "/api/alerts?$filter=severity eq 'High' and alertCreationTime gt 2026-01-10T00:00:00Z",
    );
    const byMachine = await defender.get(`/api/alerts?$filter=machineId eq '${documented}'`);
    expect(high.body.value.length).toBeGreaterThan(0);
    expect(new Set(high.body.value.map(({ severity }) => severity))).toEqual(new Set(['High']));
    expect([byMachine.status, byMachine.body.error.code]).toEqual([400, 'ODataError']);
  });

  it('page security states by a token, on the host of Graph, with the count of all', async () => {
    const states: unknown[] = [];
    let path = '/testwdatppreview/machinesecuritystates';
    let count: unknown;
    while (path) {
      const { body } = await defender.get(path, graphToken());
      states.push(...ids(body));
      count = body['@odata.count'];
      const link = body['@odata.nextLink'] as string | undefined;
      if (link)
        expect(link).toMatch(/^https:\/\/graph\.microsoft\.com\/testwdatppreview\/machinesecuritystates\?\$skiptoken=/);
      path = link ? link.slice('https://graph.microsoft.com'.length) : '';
    }
    expect(new Set(states).size).toBe(count);
    expect(states.length).toBeGreaterThan(1200);
  });

  it('refuse a page token that is none', async () => {
    const { status } = await defender.get('/testwdatppreview/machinesecuritystates?$skiptoken=x', graphToken());
    expect(status).toBe(400);
  });

  it.each(['/', '/api', '/api/nothing', '/api/users/user1', '/api/machines/a/b', '/testwdatppreview/machinegroups'])(
    'say 404 of the unknown path %s',
    async (path) => {
      const { status, body } = await defender.get(path);
      expect([status, body.error.code]).toEqual([404, 'NotFound']);
    },
  );

  it('refuse an escape that is no text', async () => {
    expect((await defender.get('/api/users/%ff/machines')).status).toBe(400);
  });
});

describe('an empty tenant', () => {
  it('has no machines to list, which is a 404', async () => {
    const defender = await asking({ machines: 0 });
    const [list, user, alerts] = await Promise.all(
      ['/api/machines', '/api/users/user1/machines', '/api/alerts'].map((path) => defender.get(path)),
    );
    await defender.stop();
    expect([list?.status, list?.body.error.code]).toEqual([404, 'ResourceNotFound']);
    expect([user?.body.value, alerts?.body.value]).toEqual([[], []]);
  });
});
