import { conditional } from '../../../src/http/conditional.ts';
import { respond } from '../../../src/http/respond.ts';
import type { Listed } from '../../../src/machines/lists/walk.ts';
import { hostNameLookup } from '../../../src/machines/lookup.ts';
import { hostNameQuestion } from '../../../src/machines/mergedQuestion.ts';
import type { Wish } from '../../../src/machines/wish.ts';
import { question } from '../../support/defender.ts';
import { json } from '../support/tenant.ts';
import { boundTo, context, groupedTenant, type Row, type TenantOptions, wish } from './support/groupedTenant.ts';

const own = { id: 'a'.repeat(40), computerDnsName: 'own', rbacGroupId: 12, alert: 'da1' };
const stranger = { id: 'b'.repeat(40), computerDnsName: 'stranger', rbacGroupId: 99, alert: 'da2' };
const nobody = 'c'.repeat(40);
const fleet: readonly Row[] = [own, stranger];
const bound = boundTo(12);

const tenantOf = (options: TenantOptions = {}, rows: readonly Row[] = fleet) => groupedTenant(rows, options);
const machine = (id: string, query = '') => question('machine', { pathValue: id, query: new URLSearchParams(query) });
const user = (query = '') => question('userMachines', { pathValue: 'user1', query: new URLSearchParams(query) });

/** All that can be seen of an answer, with its body as text. */
const shown = (listed: Listed) => {
  if (listed.kind === 'wrong') return listed;
  const { answer, source } = listed.told;
  return answer.kind === 'answered'
    ? { ...answer, body: new TextDecoder().decode(answer.body), source }
    : { ...answer, source };
};

/** The same, without what is different from answer to answer: the id that was asked for, and the one of the error. */
const alike = (listed: Listed) =>
  JSON.stringify(shown(listed))
    .replaceAll(/[bc]{40}|da[29]/g, 'id')
    .replace(/[0-9a-f-]{36}/, 'target');

const tokenOf = (listed: Listed) => /\$skiptoken=[\w-]+/.exec(JSON.stringify(shown(listed)))?.[0] ?? '';

describe('a machine of another group', () => {
  const before: readonly [string, (tenant: ReturnType<typeof tenantOf>) => Promise<unknown>][] = [
    ['was never asked for', async () => {}],
    [
      'was asked for by somebody who may see it',
      async ({ ask }) => [await ask(machine(stranger.id), wish), await ask(machine(nobody), wish)],
    ],
    [
      'was asked for by both',
      async ({ ask }) => {
        for (const who of [bound, wish, bound]) for (const id of [stranger.id, nobody]) await ask(machine(id), who);
      },
    ],
  ];

  it.each(before)('is answered as one that does not exist, where it %s', async (_, ask) => {
    const tenant = tenantOf();
    await ask(tenant);
    const [hidden, unknown] = [await tenant.ask(machine(stranger.id), bound), await tenant.ask(machine(nobody), bound)];
    expect(alike(hidden)).toBe(alike(unknown));
    expect(shown(hidden)).toMatchObject({
      status: 404,
      body: expect.stringMatching(
        `^\\{"error":\\{"code":"ResourceNotFound","message":"Machine ${stranger.id} was not found","target":"[0-9a-f-]{36}"`,
      ),
    });
  });

  it('is answered so where lookups travel together', async () => {
    const tenant = tenantOf();
    const ids = [own.id, stranger.id, nobody];
    const [, hidden, unknown] = await Promise.all(ids.map((id) => tenant.ask(machine(id), bound)));
    expect(tenant.asked[0]).toContain(' in (');
    expect(hidden && alike(hidden)).toBe(unknown && alike(unknown));
  });

  it('is answered so where it is asked for by its name, with options, by an alert, and in a list', async () => {
    const tenant = tenantOf();
    for (const asked of [
      (id: string) => machine(id, '$select=id'),
      (id: string) => question('alertMachine', { pathValue: id === nobody ? 'da9' : 'da2' }),
      (id: string) => question('listMachines', { query: [['$filter', `id eq '${id}'`]] }),
      (id: string) =>
        question('listMachines', {
          query: [
            ['$filter', `id eq '${id}'`],
            ['$count', 'true'],
          ],
        }),
    ]) {
      const [hidden, unknown] = [await tenant.ask(asked(stranger.id), bound), await tenant.ask(asked(nobody), bound)];
      expect(alike(hidden)).toBe(alike(unknown));
      expect(JSON.stringify(shown(hidden))).not.toContain('stranger');
    }
  });
});

describe('a list of a user’s machines, all of other groups', () => {
  it.each([
    ['an empty list', json(200, { '@odata.context': context, value: [] })],
    ['404', json(404, { error: { code: 'NotFound', message: 'User user1 was not found' } })],
  ])('is the answer that an unknown user has, where Defender says so by %s', async (_, unknown) => {
    const hidden = await tenantOf({}, [stranger]).ask(user(), bound);
    expect(alike(hidden)).toBe(alike(await tenantOf({ instead: () => unknown }).ask(user(), bound)));
    expect(shown(hidden)).toMatchObject({ status: 200, body: '{"@odata.context":"$metadata#Machines","value":[]}' });
  });
});

describe('the answer to a caller that is bound to device groups', () => {
  const list = { '@odata.context': context, value: [own] };
  it.each<readonly [string, ReturnType<typeof user>, string]>([
    ['no JSON', machine(own.id), '<html>stranger</html>'],
    ['a list in place of a machine', machine(own.id), JSON.stringify(list)],
    ['a machine in place of a list', user(), JSON.stringify(own)],
    ['a list that is cut', user(), JSON.stringify(list).slice(0, -3)],
    ['rows that are no machines', user(), '{"value":[["stranger"]]}'],
    ['a row that is no JSON', user(), '{"value":[{"id":stranger,"rbacGroupId":12}]}'],
    ['nothing', user(), ''],
  ])('is none where Defender sends %s', async (_, asked, body) => {
    const sent = { kind: 'answered', status: 200, headers: {}, body: new TextEncoder().encode(body) } as const;
    const told = shown(await tenantOf({ instead: () => sent }).ask(asked, bound));
    expect(told).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining("can't be narrowed") });
    expect(JSON.stringify(told)).not.toContain('stranger');
  });

  it('has nothing of what stands beside the rows, nor the tags of the whole', async () => {
    const body = `{"@odata.context":"${context}","value":[{"id":"stranger"}],"@odata.count":2,"x":"stranger",
      "value":[ {"id":"1" , "rbacGroupId":"12"},{"id":"stranger","rbacGroupId":99} ],"@odata.nextLink":"stranger"}`;
    const headers = { etag: '"whole"', 'last-modified': 'today', 'content-type': 'application/json' };
    const sent = { kind: 'answered', status: 200, headers, body: new TextEncoder().encode(body) } as const;
    const told = shown(await tenantOf({ instead: () => sent }).ask(user(), bound));
    expect(told).toMatchObject({
      body: `{"@odata.context":"${context}","value":[{"id":"1" , "rbacGroupId":"12"}]}`,
    });
    expect(told).toHaveProperty('headers', { 'content-type': 'application/json' });
  });

  it('shares no tag with the whole where it is so large that Defender’s tag would do', async () => {
    const large = { ...own, exclusionReason: 'x'.repeat(1024 * 1024) };
    const sent = { ...json(200, { value: [large, stranger] }), headers: { etag: '"whole"' } };
    const tenant = tenantOf({ instead: () => sent });
    const askedOn = async (asked: ReturnType<typeof user>, who: Wish, known: string | null) => {
      const listed = await tenant.ask(asked, who);
      if (listed.kind === 'wrong') throw new Error(listed.message);
      const { status, headers } = conditional(respond(listed.told.answer, ''), known);
      return { status, tag: headers.etag };
    };
    for (const asked of [user(), question('listMachines')]) {
      expect(await askedOn(asked, wish, null)).toEqual({ status: 200, tag: 'W/"whole"' });
      expect(await askedOn(asked, bound, 'W/"whole"')).toEqual({ status: 200, tag: undefined });
    }
  });

  it('is refused where Defender answers by another status than it documents', async () => {
    const told = await tenantOf({ instead: () => json(206, { value: [stranger] }) }).ask(user(), bound);
    expect(shown(told)).toMatchObject({ status: 403, body: expect.stringContaining('"Forbidden"') });
  });

  it('is a refusal for security states, which are asked of nobody', async () => {
    const tenant = tenantOf();
    const told = await tenant.ask(question('machineSecurityStates'), bound);
    expect(shown(told)).toMatchObject({ status: 403, body: expect.stringContaining('bound to device groups') });
    expect(tenant.asked).toEqual([]);
  });

  it('tells that a domain’s list may have been cut, without telling how many there were', async () => {
    const sent = { ...json(200, { value: [own, stranger] }), warning: 'This answer holds 500 machines' };
    const told = shown(await tenantOf({ instead: () => sent }).ask(user(), bound));
    expect(told).toMatchObject({ warning: expect.stringContaining('there may be more') });
    expect(JSON.stringify(told)).not.toContain('500');
  });

  it('is nothing, and Defender is not asked, where it is bound to no group at all', async () => {
    const tenant = tenantOf();
    expect(shown(await tenant.ask(machine(own.id), boundTo()))).toMatchObject({ status: 404 });
    expect(shown(await tenant.list('', boundTo()))).toMatchObject({ body: expect.stringContaining('"value":[]') });
    expect(tenant.asked).toEqual([]);
  });
});

describe('what Defender is asked for a caller that is bound to device groups', () => {
  const askedFor = async (query: string, ...who: readonly Wish[]) => {
    const tenant = tenantOf();
    for (const each of who) await tenant.list(query, each);
    return tenant.asked;
  };

  it('is its question, about its groups first', async () => {
    const query = "$filter=riskScore eq 'High' or osPlatform eq 'Linux'&$top=5&$select=id";
    expect(await askedFor(query, boundTo(13, 12))).toEqual([
      "/api/machines?$filter=(rbacGroupId eq 12 or rbacGroupId eq 13) and (riskScore eq 'High' or osPlatform eq 'Linux')&$top=5",
    ]);
    expect(await askedFor('$top=5', boundTo(7))).toEqual(['/api/machines?$filter=rbacGroupId eq 7&$top=5']);
  });

  it('is one question for all callers of the same groups', async () => {
    expect(await askedFor('', boundTo(13, 12), boundTo(12, 13))).toHaveLength(1);
  });

  it('names many groups in a list, which is fewer nodes of a filter', async () => {
    const groups = Array.from({ length: 11 }, (_, i) => i + 1);
    expect(await askedFor('', boundTo(...groups))).toEqual([
      '/api/machines?$filter=rbacGroupId in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)',
    ]);
  });

  it('is a lookup like anybody’s, so that it travels and is kept with theirs', async () => {
    expect(await askedFor("$filter=computerDnsName eq 'own'", bound, wish)).toEqual([
      "/api/machines?$filter=computerDnsName eq 'own'",
    ]);
  });

  it('is the lookup in its groups as well, where more machines have the name than fit into an answer', async () => {
    const crowd = Array.from({ length: 5 }, (_, i) => ({ ...stranger, id: `${i}`, computerDnsName: 'own.x' }));
    const tenant = tenantOf({ mostRows: 5 }, [...crowd, { ...own, computerDnsName: 'own.x' }]);
    const lookup = hostNameLookup('own');
    const told = await tenant.soon(tenant.machines.ask(hostNameQuestion(lookup), bound, lookup));
    expect(shown({ kind: 'told', told })).toMatchObject({ body: expect.stringContaining(own.id) });
    expect(tenant.asked).toHaveLength(2);
  });

  it.each([
    '$apply=aggregate($count as n)',
    '$compute=12 as rbacGroupId',
    '$expand=users',
    '$search=own',
    '$format=xml',
  ])('is nothing where it wants %s, which Defender would work out over all machines', async (query) => {
    const tenant = tenantOf();
    for (const told of [await tenant.list(query, bound), await tenant.ask(user(query), bound)])
      expect(told).toMatchObject({
        kind: 'wrong',
        message: expect.stringMatching(/^\$\w+: a caller bound to device groups/),
      });
    expect(tenant.asked).toEqual([]);
  });

  it('is refused by the guard itself where rows would not come whole', async () => {
    const { machines, asked } = tenantOf();
    for (const each of [
      machine(own.id, '$select=id'),
      user('$count=true'),
      user('$skip=1'),
      question('listMachines', { query: [['$select', 'id']] }),
    ])
      expect((await machines.ask(each, bound)).answer).toMatchObject({ status: 403 });
    expect(asked).toEqual([]);
  });

  it('leaves out the choice of properties, which is made here', async () => {
    const tenant = tenantOf();
    const told = await tenant.ask(machine(own.id, '$select=computerDnsName'), bound);
    expect(shown(told)).toMatchObject({
      body: JSON.stringify({ '@odata.context': `${context}(computerDnsName)/$entity`, computerDnsName: 'own' }),
    });
    expect(tenant.asked).toEqual([`/api/machines/${own.id}`]);
  });

  it.each([
    ['$select=nonsense', "$select: 'nonsense' is not a property of a machine"],
    ['$top=-1', "$top: '-1' is not a whole number"],
    ['$count=maybe', "$count: 'maybe' is neither true nor false"],
  ])('is nothing where %s can’t be done here', async (query, message) => {
    expect(await tenantOf().ask(user(query), bound)).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining(message),
    });
  });
});

describe('a link to the next page', () => {
  const rows = Array.from({ length: 9 }, (_, i) => ({ id: `${i}`, rbacGroupId: 12 }));

  it.each<readonly [string, Wish, Wish]>([
    ['of a bound caller is none for one who is not', bound, wish],
    ['of one who is not bound is none for a bound caller', wish, bound],
    ['is none for a caller of other groups', bound, boundTo(12, 13)],
  ])('%s', async (_, first, second) => {
    const tenant = tenantOf({ mostRows: 4 }, rows);
    const token = tokenOf(await tenant.list('', first));
    expect(await tenant.list(token, second)).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('$skiptoken'),
    });
    expect(await tenant.list(token, first)).toMatchObject({ kind: 'told' });
  });

  it('is one for another caller of the same groups', async () => {
    const tenant = tenantOf({ mostRows: 4 }, rows);
    const token = tokenOf(await tenant.list('', boundTo(13, 12)));
    expect(await tenant.list(token, boundTo(12, 13))).toMatchObject({ kind: 'told' });
  });
});
