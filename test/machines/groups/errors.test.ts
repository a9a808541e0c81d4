import * as fc from 'fast-check';
import { question } from '../../support/defender.ts';
import { json } from '../support/tenant.ts';
import { inPath, shown } from './support/asked.ts';
import { eagerly } from './support/eagerDefender.ts';
import { boundTo, groupedTenant, listed, type Row } from './support/groupedTenant.ts';

const bound = boundTo(12);
const idOf = (number: number) => number.toString(16).padStart(40, '0');
const strangersFrom = 100;

const properties = {
  computerDnsName: fc.constantFrom<unknown>('dc01.contoso.com', 'srv02', null),
  osPlatform: fc.constantFrom('Linux', 'Windows11'),
  osBuild: fc.constantFrom<unknown>(0, 1, 18209, null),
  lastSeen: fc.constantFrom<unknown>('2026-11-01T00:00:00Z', null),
  vmMetadata: fc.constantFrom<unknown>({ vmId: 'v' }, null),
  machineTags: fc.constantFrom<unknown>(['a', 'b'], [], null),
};
const own = fc.array(fc.record({ ...properties, rbacGroupId: fc.constant(12) }), { minLength: 1, maxLength: 4 });
const strangers = fc.array(fc.record({ ...properties, rbacGroupId: fc.constantFrom<unknown>(99, 0, null) }), {
  maxLength: 3,
});

/** Two fleets that have the same machines of the group, among others. */
const pairs = own.chain((rows) => {
  const mine = rows.map((row, i): Row => ({ id: idOf(i), alert: `da${i}`, ...row }));
  const fleet = fc.array(strangers, { minLength: mine.length, maxLength: mine.length }).map((between) => {
    let next = strangersFrom;
    return mine.flatMap((row, i) => [
      ...(between[i] ?? []).map((other): Row => ({ id: idOf(next), alert: `da${next++}`, ...other })),
      row,
    ]);
  });
  return fc.tuple(fleet, fleet);
});

const atoms = fc.constantFrom(
  "startswith(computerDnsName,'dc')",
  "contains(computerDnsName,'srv')",
  "osPlatform eq 'Linux'",
  "osPlatform in ('Linux','macOS')",
  "machineTags/any(t: t eq 'a')",
  'lastSeen gt 2026-10-01T00:00:00Z',
  'rbacGroupId ne 12',
  'not (osBuild lt 5)',
  '1 div 0 eq 1',
  '10 div osBuild gt 2',
  'osBuild mod osBuild eq 0',
  'length(computerDnsName) gt 5',
  "tolower(computerDnsName) eq 'srv02'",
  "startswith(substring(computerDnsName,1),'c')",
  "vmMetadata/vmId eq 'v'",
  '$it/osBuild eq 1',
  'machineTags/$count gt 1',
  'machineTags/any(t: length(t) mod 2 eq 1)',
  'year(lastSeen) eq 2026',
  'lastSeen lt now()',
  "cast(osBuild,Edm.String) eq '1'",
);
const { filter: filters } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    atoms,
    fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    tie('filter').map((filter) => `not (${filter})`),
  ),
}));

const queries = fc
  .record(
    {
      $filter: filters,
      $orderby: fc.constantFrom('computerDnsName', 'computerDnsName desc,id', 'osBuild', 'length(id)'),
      $top: fc.constantFrom('0', '1', '2'),
      $skip: fc.constantFrom('0', '1'),
      $count: fc.constantFrom('true', 'false'),
      $select: fc.constantFrom('id', '*', 'nonsense'),
      $expand: fc.constant('users'),
    },
    { requiredKeys: ['$filter'] },
  )
  .chain((options) => fc.subarray(Object.entries(options)))
  .map((options) => new URLSearchParams(options.filter(([, value]) => value !== undefined)).toString());

const calls = fc.oneof(
  { weight: 3, arbitrary: fc.constant(listed) },
  { weight: 2, arbitrary: fc.constantFrom(inPath('userMachines', 'user1'), inPath('domainMachines', 'contoso.com')) },
  fc.constantFrom(0, 1, strangersFrom, strangersFrom + 1).map((number) => inPath('machine', idOf(number))),
  fc.constantFrom(0, 1, strangersFrom, strangersFrom + 1).map((number) => inPath('alertMachine', `da${number}`)),
);

describe('a caller that is bound to device groups, before a Defender that fails on what any machine holds', () => {
  it('is answered alike whatever machines of other groups there are, for any options', async () => {
    const isStranger = ({ rbacGroupId }: Row) => rbacGroupId !== 12;
    await fc.assert(
      fc.asyncProperty(pairs, calls, queries, fc.integer({ min: 2, max: 5 }), async (fleets, call, query, mostRows) => {
        const answers: unknown[] = [];
        for (const rows of fleets) {
          const tenant = groupedTenant(rows, { mostRows, instead: eagerly(rows, isStranger) });
          answers.push(shown(await tenant.ask(call(query), bound)));
        }
        expect(answers[0]).toEqual(answers[1]);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('can’t tell by an error whether a machine of another group has a property', async () => {
    const fleet = [
      { id: idOf(0), computerDnsName: 'srv02', rbacGroupId: 12 },
      { id: idOf(1), computerDnsName: 'dc01', rbacGroupId: 99 },
    ];
    const query = `$filter=${encodeURIComponent("startswith(computerDnsName,'dc') and 1 div 0 eq 1")}`;
    for (const asked of [listed(query), inPath('userMachines', 'user1')(query)]) {
      const tenant = groupedTenant(fleet, { instead: eagerly(fleet) });
      expect(shown(await tenant.ask(asked, bound))).toMatchObject({ status: 200, body: expect.stringContaining('[]') });
      expect(tenant.asked.join()).not.toContain('div');
    }
  });
});

describe('Defender’s error, for a caller that is bound to device groups', () => {
  const instead = (status: number) => () => ({
    ...json(status, { error: { code: 'x', message: 'words on a stranger' } }),
    warning: 'a warning',
  });
  const told = async (status: number, call: 'machine' | 'userMachines' | 'listMachines') => {
    const tenant = groupedTenant([], { instead: instead(status) });
    return shown(await tenant.ask(question(call, { pathValue: call === 'machine' ? idOf(1) : 'user1' }), bound));
  };

  it.each([400, 404, 409, 410, 422])('is that there is nothing, where it may be of a machine: %d', async (status) => {
    const none = shown(await groupedTenant([]).ask(question('machine', { pathValue: idOf(1) }), bound));
    expect(await told(status, 'machine')).toEqual(none);
    expect(await told(status, 'userMachines')).toMatchObject({ status: 200, body: expect.stringContaining('[]') });
  });

  it.each([
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [408, 'Forbidden'],
    [500, 'ServiceUnavailable'],
    [503, 'ServiceUnavailable'],
  ])('is told without its words, where it is no matter of machines: %d', async (status, code) => {
    for (const call of ['machine', 'userMachines', 'listMachines'] as const) {
      const said = await told(status, call);
      expect(said).toMatchObject({ status, warning: 'a warning', source: { because: 'miss' } });
      expect(said).toMatchObject({ body: expect.stringMatching(`"code":"${code}".*${status}`) });
      expect(JSON.stringify(said)).not.toContain('stranger');
    }
  });

  it('is told as it is of the list of its own groups, where the question is wrong', async () => {
    expect(await told(400, 'listMachines')).toMatchObject({ status: 400, body: expect.stringContaining('words') });
  });

  it('is for how long to stay away', async () => {
    const busy = { ...json(503, {}), headers: { 'retry-after': '7', etag: 'x' } };
    const tenant = groupedTenant([], { instead: () => busy });
    const said = shown(await tenant.ask(question('machine', { pathValue: idOf(1) }), bound));
    expect(said).toMatchObject({ headers: { 'retry-after': '7', 'content-type': expect.stringContaining('json') } });
    expect(said).not.toHaveProperty('headers.etag');
  });

  it('has no piece of a body that can’t be read', async () => {
    const reason = 'Defender answered 200 with a body that can\'t be read: Unexpected token, "stranger"';
    const tenant = groupedTenant([], { instead: () => ({ kind: 'unreachable', reason }) });
    const said = shown(await tenant.ask(question('domainMachines', { pathValue: 'contoso.com' }), bound));
    expect(said).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining("can't be read") });
    expect(JSON.stringify(said)).not.toContain('stranger');
  });
});
