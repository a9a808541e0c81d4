import { machineType } from '../../src/defender/machineType.ts';
import { parseFilter } from '../../src/odata/filter.ts';

const kindOf = (filter: string): string => parseFilter(filter, machineType).kind;

const sameTree = (a: string, b: string): void => {
  expect(kindOf(a)).toBe('filter');
  expect(parseFilter(a, machineType)).toEqual(parseFilter(b, machineType));
};

describe("Microsoft's library reads a filter as parseFilter does", () => {
  it.each([
    "healthStatus EQ 'Active'",
    "healthStatus eq 'Active' AND riskScore eq 'High'",
    "healthStatus eq 'Active' Or riskScore eq 'High'",
    'NOT isAadJoined',
    "id IN ('a')",
    "startsWith(computerDnsName,'x')",
    "machineTags/Any(t: t eq 'x')",
    'isAadJoined eq True',
  ])('takes operators and functions in their own case only: %s', (filter) => {
    expect(kindOf(filter)).toBe('wrong');
  });

  it.each([
    "(healthStatus eq 'x')and(riskScore eq 'y')",
    "healthStatus eq 'x'and riskScore eq 'y'",
    "  healthStatus\teq\t'x' \t",
    "not(healthStatus eq 'x')",
    "id in('a')",
    "contains( computerDnsName , 'x' )",
  ])('takes any white space between words, and none beside parentheses and closing quotes: %s', (filter) => {
    expect(kindOf(filter)).toBe('filter');
  });

  it('wants a blank before an opening quote', () => {
    expect(kindOf("healthStatus eq'x'")).toBe('wrong');
    expect(kindOf("healthStatus eq 'x' and'y' eq riskScore")).toBe('wrong');
  });

  it.each([
    ["computerDnsName eq 'O''Brien'", "O'Brien"],
    ["computerDnsName eq ''''", "'"],
    ["computerDnsName eq ''", ''],
    ['computerDnsName eq \'%41 "x" \\ \t ü 🙂\'', '%41 "x" \\ \t ü 🙂'],
  ])('reads two quotes in a text as one and all else as it stands: %s', (filter, value) => {
    const right = { kind: 'literal', type: 'string', text: filter.slice(19), value };
    expect(parseFilter(filter, machineType)).toMatchObject({ expression: { right } });
  });

  it('takes double quotes in a list and nowhere else', () => {
    expect(kindOf('id in ("a","b")')).toBe('filter');
    expect(kindOf('id in ("a",\'b\')')).toBe('filter');
    expect(kindOf('id eq "a"')).toBe('wrong');
    expect(kindOf('contains(id,"a")')).toBe('wrong');
  });

  it('binds not tighter than a comparison', () => {
    expect(kindOf("not riskScore eq 'd'")).toBe('wrong');
    expect(kindOf("not (riskScore eq 'd')")).toBe('filter');
    expect(kindOf("not startswith(computerDnsName,'x')")).toBe('filter');
    expect(kindOf('not isAadJoined')).toBe('filter');
    sameTree('not isAadJoined eq true', '(not isAadJoined) eq true');
  });

  it.each([
    ['isAadJoined or isExcluded and true', 'isAadJoined or (isExcluded and true)'],
    ['isAadJoined and isExcluded or true', '(isAadJoined and isExcluded) or true'],
    ['isAadJoined or isExcluded or true', '(isAadJoined or isExcluded) or true'],
    ['isAadJoined and isExcluded and true', '(isAadJoined and isExcluded) and true'],
    ['osBuild sub 1 sub 2 eq 3', '((osBuild sub 1) sub 2) eq 3'],
    ['osBuild add 1 mul 2 eq 3', '(osBuild add (1 mul 2)) eq 3'],
    ['-osBuild add 1 eq 3', '((-osBuild) add 1) eq 3'],
  ])('groups %s as %s', sameTree);

  it('keeps a group to the right', () => {
    const grouped = parseFilter('isAadJoined or (isExcluded or true)', machineType);
    expect(grouped).not.toEqual(parseFilter('isAadJoined or isExcluded or true', machineType));
  });

  it.each([
    'computerDnsName eq 1',
    'computerDnsName eq true',
    'computerDnsName eq 2018-08-01T00:00:00Z',
    'isAadJoined eq 1',
    "isAadJoined eq 'true'",
    "osBuild eq '1'",
    "lastSeen gt '2018-08-01T00:00:00Z'",
    "id in ('a', 1)",
    'id eq 80fe8ff8-2624-418e-9591-41f0491218f9',
    "tolower(osBuild) eq 'x'",
    'osBuild add healthStatus eq 1',
    'healthStatus',
    "'x'",
    '1',
    'healthStatus and isAadJoined',
  ])('refuses what is of another type: %s', (filter) => {
    expect(kindOf(filter)).toBe('wrong');
  });

  it.each(['eq', 'ne', 'gt', 'ge', 'lt', 'le'])('compares null with anything by %s', (operator) => {
    for (const property of [
      'computerDnsName',
      'isAadJoined',
      'osBuild',
      'lastSeen',
      'aadDeviceId',
      'machineTags',
      'vmMetadata',
    ])
      expect(kindOf(`${property} ${operator} null`)).toBe('filter');
    expect(kindOf(`null ${operator} null`)).toBe('filter');
  });

  it.each(['isAadJoined', 'true', '1 eq 1', 'null', "'Active' eq healthStatus", 'firstSeen lt lastSeen'])(
    'takes as a filter: %s',
    (filter) => {
      expect(kindOf(filter)).toBe('filter');
    },
  );

  it.each([
    ['2026-01-01T00:00:00Z', 'filter'],
    ['2026-01-01T00:00Z', 'filter'],
    ['2026-01-01T00:00:00.1234567Z', 'filter'],
    ['2026-01-01T00:00:00+05:30', 'filter'],
    ['2026-01-01T00:00:00-14:00', 'filter'],
    ['2026-01-01', 'filter'],
    ['2018-08-01Z', 'filter'],
    ['2024-02-29', 'filter'],
    ['2023-02-29', 'wrong'],
    ['2026-13-01T00:00:00Z', 'wrong'],
    ['2026-01-01T24:00:00Z', 'wrong'],
    ['2026-01-01T00:00:00', 'wrong'],
    ['2026-01-01T00:00:00+15:00', 'wrong'],
    ['2026-1-1', 'wrong'],
    ["'2026-01-01'", 'wrong'],
  ])('lastSeen gt %s is a %s', (date, kind) => {
    expect(kindOf(`lastSeen gt ${date}`)).toBe(kind);
  });

  it.each([
    '5',
    '-5',
    '007',
    '1L',
    '1l',
    '1d',
    '1m',
    '1f',
    '1.5',
    '1e3',
    '1.5e-3',
    'INF',
    '-INF',
    'NaN',
    '99999999999',
  ])('%s is a number', (number) => {
    expect(kindOf(`osBuild eq ${number}`)).toBe('filter');
  });

  it.each(['+5', '0x10', '1.', '.5', '1x', '1_000', '1,5', '1e', '--', 'inf'])('%s is no number', (number) => {
    expect(kindOf(`osBuild eq ${number}`)).toBe('wrong');
  });

  it.each([
    ["id in ('a')", 'filter'],
    ['rbacGroupId in (1, 2)', 'filter'],
    ['osBuild in (1, -2)', 'filter'],
    ['lastSeen in (2018-08-01T00:00:00Z)', 'filter'],
    ['id in (null)', 'filter'],
    ["'x' in machineTags", 'filter'],
    ['id in ()', 'wrong'],
    ["id in 'a'", 'wrong'],
    ["id in 'a','b'", 'wrong'],
    ["id in ('a' 'b')", 'wrong'],
    ["id in ('a',)", 'wrong'],
    ['id in (computerDnsName)', 'wrong'],
    ['id in computerDnsName', 'wrong'],
    ["isAadJoined in ('true')", 'wrong'],
  ])('%s is a %s', (filter, kind) => {
    expect(kindOf(filter)).toBe(kind);
  });

  it.each([
    ["machineTags/any(t: t eq 'x')", 'filter'],
    ["machineTags/any(anyName:anyName eq 'x')", 'filter'],
    ["machineTags/any(t: startswith(t, 'x') and isAadJoined or t in ('a'))", 'filter'],
    ["machineTags/all(t: t ne 'x')", 'filter'],
    ['machineTags/any()', 'filter'],
    ["not machineTags/any(t: t eq 'x')", 'filter'],
    ["ipAddresses/any(i: i/ipAddress eq 'x')", 'filter'],
    ['ipAddresses/any(i: machineTags/any(t: t eq i/ipAddress))', 'filter'],
    ["ipAddresses/any(i: ipAddresses/any(i: i/type eq 'x'))", 'wrong'],
    ["machineTags/any(t: u eq 'x')", 'wrong'],
    ["machineTags/any(t: t eq 'x') and t eq 'y'", 'wrong'],
    ['machineTags/any(t: t)', 'wrong'],
    ['machineTags/any(t: t eq 1)', 'wrong'],
    ['machineTags/all()', 'wrong'],
    ["healthStatus/any(t: t eq 'x')", 'wrong'],
    ["ipAddresses/any(i: i eq 'x')", 'wrong'],
  ])('%s is a %s', (filter, kind) => {
    expect(kindOf(filter)).toBe(kind);
  });

  it.each([
    'osBuild add 1 eq 2',
    'osBuild mod 2 eq 0',
    "tolower(computerDnsName) eq 'x'",
    'length(computerDnsName) gt 3',
    'date(lastSeen) eq 2018-08-01',
    'time(lastSeen) lt 12:00:00',
    "lastSeen gt now() sub duration'P7D'",
    "cast(osBuild, Edm.String) eq '1'",
    "cast(osBuild, 'Edm.String') eq '1'",
    'isof(osBuild, Edm.Int64)',
    'year(lastSeen) eq 2018',
    "indexof(computerDnsName, 'x') ge 0",
    "substring(computerDnsName, 1, 2) eq 'x'",
    "concat(computerDnsName, 'x') eq 'x'",
    'machineTags/$count gt 1',
    "$it/healthStatus eq 'Active'",
    "healthStatus has Microsoft.Windows.HealthStatus'Active'",
    "healthStatus eq Microsoft.Windows.HealthStatus'Active'",
  ])('takes what OData has and the documents do not promise: %s', (filter) => {
    expect(kindOf(filter)).toBe('filter');
  });
});
