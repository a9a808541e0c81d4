import { splitFilter } from '../../../src/machines/groups/splitFilter.ts';
import { inPath, shown } from './support/asked.ts';
import { boundTo, groupedTenant, listed, type Row, wish } from './support/groupedTenant.ts';

const bound = boundTo(12);

describe('the options of a caller that is bound to device groups', () => {
  const fleet = [
    { id: '3', computerDnsName: 'a', osBuild: 2, lastSeen: '1970-01-01T00:00:00Z', rbacGroupId: 12 },
    { id: '9', computerDnsName: 'x', osBuild: 2, rbacGroupId: 99 },
    { id: '2', computerDnsName: 'bb', osBuild: 2, lastSeen: '2999-01-01T00:00:00Z', rbacGroupId: 12 },
    { id: '1', computerDnsName: 'cc', osBuild: 4, rbacGroupId: 12 },
  ];
  const asked = async (query: string, mostRows = 10) => {
    const tenant = groupedTenant(fleet, { mostRows });
    const told = await tenant.ask(listed(query), bound);
    const user = await tenant.ask(inPath('userMachines', 'user1')(query), bound);
    return { sent: tenant.asked, told: [told, user].map(shown) };
  };

  it.each<readonly [string, readonly string[]]>([
    ['$filter=length(computerDnsName) eq 2', ['2', '1']],
    ['$filter=length(computerDnsName) eq 2 and osBuild eq 2', ['2']],
    ['$filter=osBuild eq 2&$orderby=id', ['2', '3']],
    ['$filter=length(computerDnsName) lt 3&$orderby=id desc&$skip=1&$top=1', ['2']],
    ['$filter=lastSeen lt now()', ['3']],
  ])('are done on its machines: %s', async (query, ids) => {
    const { told } = await asked(query);
    for (const each of told)
      expect('body' in each && JSON.parse(each.body).value.map(({ id }: Row) => id)).toEqual(ids);
  });

  it('count what its filter leaves', async () => {
    const { told } = await asked('$filter=length(computerDnsName) eq 2&$count=true&$top=1');
    for (const each of told) expect(each).toMatchObject({ body: expect.stringContaining('"@odata.count":2') });
  });

  it('are Defender’s where they fail on no machine, in lists of the fleet, and never elsewhere', async () => {
    const { sent } = await asked('$filter=osBuild eq 2 and length(computerDnsName) eq 1');
    expect(sent).toEqual(['/api/machines?$filter=rbacGroupId eq 12 and osBuild eq 2', '/api/users/user1/machines']);
  });

  it.each([
    "osPlatform eq 'Linux' or osPlatform ne null",
    "not startswith(computerDnsName, 'a')",
    "machineTags/any(t: startswith(t, 'a'))",
    "ipAddresses/any(i: i/ipAddress eq '10.0.0.1')",
    "osPlatform in ('Linux', 'macOS')",
    'isAadJoined',
  ])('ask Defender for what its pages show: %s', async (filter) => {
    const { sent } = await asked(`$filter=${filter}`);
    expect(sent[0]).toContain(filter);
  });

  it.each([
    'vmMetadata/vmId eq null',
    'computerDnsName in machineTags',
    'machineTags/$count eq 0',
    '-osBuild lt 0',
    'osBuild add 1 eq 3',
    "endswith(tolower(computerDnsName),'a')",
    'machineTags/any(t: length(t) eq 1)',
    'ipAddresses/any(i: machineTags/any(t: t eq i/type))',
    'osBuild in (2) or 1 div 0 eq 1',
  ])('do not ask Defender for what may fail: %s', async (filter) => {
    const { sent, told } = await asked(`$filter=${filter}`);
    expect(sent[0]).toBe('/api/machines?$filter=rbacGroupId eq 12');
    expect(told).toMatchObject([{ status: 200 }, { status: 200 }]);
  });

  it.each([
    ["$filter=cast(osBuild,Edm.String) eq '2'", "$filter: a caller bound to device groups can't use 'cast' here"],
    ["$filter=osPlatform has 'x'", "can't use 'has' here"],
    ["$filter=matchesPattern(computerDnsName,'^a')", "can't use 'matchesPattern' here"],
    ['$orderby=length(id)', "$orderby: 'length(id)' is not a property"],
  ])('are refused where they can’t be done here, and Defender is not asked: %s', async (query, message) => {
    const { sent, told } = await asked(query);
    const refused = { kind: 'wrong', message: expect.stringContaining(message) };
    expect(told).toMatchObject([refused, refused]);
    expect(sent).toEqual([]);
  });

  it('are refused where more machines are to be chosen from than Defender gives in one answer', async () => {
    const { told } = await asked('$filter=length(computerDnsName) eq 2', 2);
    expect(told[0]).toMatchObject({
      kind: 'wrong',
      message: expect.stringMatching(/^\$filter: a part of it is worked out here.* there are 2, or more/),
    });
  });

  it.each(['$filter', '$orderby'])('have no %s for one machine', async (option) => {
    const tenant = groupedTenant(fleet);
    const query = option === '$filter' ? '$filter=osBuild eq 2' : '$orderby=id';
    expect(await tenant.ask(inPath('machine', '1'.repeat(40))(query), bound)).toMatchObject({
      kind: 'wrong',
      message: `${option}: this is one machine, and no list. Leave it out`,
    });
    expect(tenant.asked).toEqual([]);
  });

  it('are refused by the guard itself where they may fail', async () => {
    const { machines, asked: sent } = groupedTenant(fleet);
    for (const each of [
      listed('$filter=1 div 0 eq 1'),
      inPath('userMachines', 'user1')('$filter=id eq null'),
      inPath('userMachines', 'user1')('$orderby=id'),
    ])
      expect((await machines.ask(each, bound)).answer).toMatchObject({ status: 403 });
    expect(sent).toEqual([]);
  });

  it('do not ask Defender for what is reached through a list’s elements', () => {
    const of = { kind: 'path', steps: ['i', 'tags'] } as const;
    const any = { kind: 'lambda', quantifier: 'any', of } as const;
    expect(splitFilter(any)).toEqual({ sent: undefined, here: any });
    const near = { ...any, of: { ...of, steps: ['tags'] } };
    expect(splitFilter(near)).toEqual({ sent: near, here: undefined });
  });

  it('are Defender’s to answer for who is not bound', async () => {
    const tenant = groupedTenant(fleet);
    await tenant.ask(listed('$filter=length(computerDnsName) eq 2'), wish);
    await tenant.ask(inPath('userMachines', 'user1')('$filter=1 div 0 eq 1'), wish);
    expect(tenant.asked).toEqual([
      '/api/machines?$filter=length(computerDnsName) eq 2',
      '/api/users/user1/machines?$filter=1 div 0 eq 1',
    ]);
  });
});
