import { machineType } from '../../src/defender/machineType.ts';
import { describeWrong, parseFilter } from '../../src/odata/filter.ts';

const said = (filter: string): string => {
  const read = parseFilter(filter, machineType);
  return read.kind === 'wrong' ? describeWrong(read) : 'taken';
};

describe('a filter that is wrong', () => {
  it.each([
    [
      "healthStatus EQ 'Active'",
      "$filter, character 14: 'EQ' is not an operator; operators are lower case. Did you mean: healthStatus eq 'Active'",
    ],
    [
      "healthStatus='Active'&&riskScore!='High'",
      "$filter, character 13: '=' is not an operator; write eq. Did you mean: healthStatus eq 'Active' and riskScore ne 'High'",
    ],
    [
      "healthStatos eq 'Active'",
      "$filter, character 1: 'healthStatos' is not a property of a machine. Did you mean: healthStatus eq 'Active'",
    ],
    [
      "tags/any(t: t eq 'x')",
      "$filter, character 1: 'tags' is not a property of a machine. Did you mean: machineTags/any(t: t eq 'x')",
    ],
    [
      "colour eq 'red'",
      "$filter, character 1: 'colour' is not a property of a machine; there are computerDnsName, id, version, deviceValue, aadDeviceId, machineTags, lastSeen, exposureLevel, onboardingStatus, lastIpAddress, healthStatus, osPlatform, riskScore, rbacGroupId",
    ],
    [
      'healthStatus eq "Active"',
      `$filter, character 17: "Active" stands in double quotes; text stands in single quotes. Did you mean: healthStatus eq 'Active'`,
    ],
    [
      "computerDnsName eq 'O'Brien' and riskScore eq 'High'",
      "$filter, character 22: a single quote inside a text is written twice. Did you mean: computerDnsName eq 'O''Brien' and riskScore eq 'High'",
    ],
    [
      "(healthStatus eq 'Active)",
      "$filter, character 18: the quote that opens here is never closed. Did you mean: (healthStatus eq 'Active')",
    ],
    [
      "healthStatus eq 'Active and osPlatform eq 'Windows10'",
      "$filter, character 17: the quote that opens here is never closed. Did you mean: healthStatus eq 'Active' and osPlatform eq 'Windows10'",
    ],
    [
      'osPlatform eq Windows 10 and isAadJoined',
      "$filter, character 15: Windows 10 is neither a property nor a value; text stands in single quotes. Did you mean: osPlatform eq 'Windows 10' and isAadJoined",
    ],
    [
      'lastIpAddress eq 10.0.0.1',
      "$filter, character 18: 10.0.0.1 is neither a property nor a value; text stands in single quotes. Did you mean: lastIpAddress eq '10.0.0.1'",
    ],
    [
      "startsWith(computerDnsName,'x')",
      "$filter, character 1: 'startsWith' is not a function; write startswith. Did you mean: startswith(computerDnsName,'x')",
    ],
    [
      "substringof('x',computerDnsName)",
      "$filter, character 1: 'substringof' is not a function of OData 4; write contains(text, part). Did you mean: contains(computerDnsName, 'x')",
    ],
    [
      "computerDnsName contains 'x'",
      "$filter, character 17: 'contains' is not an operator; write contains(text, part). Did you mean: contains(computerDnsName, 'x')",
    ],
    [
      "not riskScore eq 'High'",
      "$filter, character 1: 'not' takes a condition, but riskScore is text; the comparison stands in parentheses. Did you mean: not (riskScore eq 'High')",
    ],
    [
      'version eq 1709',
      "$filter, character 12: version is text and 1709 is a number; text stands in single quotes. Did you mean: version eq '1709'",
    ],
    [
      "lastSeen gt '2018-08-01'",
      "$filter, character 13: lastSeen is a date and time and '2018-08-01' is text; a date and time stands without quotes. Did you mean: lastSeen gt 2018-08-01",
    ],
    ['lastSeen gt 2018-02-30T00:00:00Z', "$filter, character 13: '2018-02-30T00:00:00Z' is no day of the calendar"],
    [
      'lastSeen gt 2018-02-20T00:00:00',
      "$filter, character 13: '2018-02-20T00:00:00' needs an offset from UTC, such as Z. Did you mean: lastSeen gt 2018-02-20T00:00:00Z",
    ],
    [
      'lastSeen gt yesterday',
      '$filter, character 13: yesterday is neither a property nor a value; here stands a date and time, such as 2018-08-01T00:00:00Z',
    ],
    [
      'firstSeen lt lastSean',
      '$filter, character 14: lastSean is neither a property nor a value; here stands a date and time, such as 2018-08-01T00:00:00Z. Did you mean: firstSeen lt lastSeen',
    ],
    [
      'contains(computerDnsName, 2018-08-01)',
      "$filter, character 27: contains takes text, but 2018-08-01 is a date. Did you mean: contains(computerDnsName, '2018-08-01')",
    ],
    [
      "healthStatus eq 'Active' riskScore eq 'High'",
      "$filter, character 26: 'and' or 'or' is missing before riskScore. Did you mean: healthStatus eq 'Active' and riskScore eq 'High'",
    ],
    [
      "healthStatus eq 'Active' or 'Inactive'",
      "$filter, character 29: each side of 'or' must be a condition, but 'Inactive' is text. Did you mean: healthStatus eq 'Active' or healthStatus eq 'Inactive'",
    ],
    [
      "isAadJoined and (riskScore eq 'High'",
      "$filter, character 17: '(' is never closed. Did you mean: isAadJoined and (riskScore eq 'High')",
    ],
    ['isAadJoined)', "$filter, character 12: ')' belongs to no '('. Did you mean: isAadJoined"],
    [
      'riskScore in ()',
      "$filter, character 15: the list after 'in' is empty; it holds at least one value, here text. Did you mean: riskScore in ('High')",
    ],
    [
      "id in 'a'",
      "$filter, character 7: the values after 'in' stand in parentheses, such as ('a', 'b'). Did you mean: id in ('a')",
    ],
    [
      "contains(machineTags,'x')",
      "$filter, character 10: contains takes text, but machineTags is a list. Did you mean: machineTags/any(t: contains(t,'x'))",
    ],
    [
      "machineTags eq 'x'",
      "$filter, character 1: machineTags is a list; ask of its elements with any or all. Did you mean: machineTags/any(t: t eq 'x')",
    ],
    [
      "ipAddresses/ipAddress eq '10.0.0.1'",
      "$filter, character 13: ipAddresses is a list; ask of its elements with any or all. Did you mean: ipAddresses/any(i: i/ipAddress eq '10.0.0.1')",
    ],
    ['contains(computerDnsName)', '$filter, character 1: contains takes 2 values, not 1: contains(text, text)'],
    [
      'healthStatus eq',
      "$filter, character 16: a value is missing behind 'eq'. Did you mean: healthStatus eq 'Active'",
    ],
    [
      "healthStatus eq'Active'",
      "$filter, character 16: a blank is missing behind 'eq'. Did you mean: healthStatus eq 'Active'",
    ],
    [
      "lastSeen gt datetime'2018-02-20T00:00:00'",
      "$filter, character 13: OData 4 has no datetime'...'; the value stands without it. Did you mean: lastSeen gt 2018-02-20T00:00:00Z",
    ],
    [
      "machineTags/any(t: x eq 'y')",
      "$filter, character 20: 'x' is neither the variable 't' nor a property of a machine. Did you mean: machineTags/any(t: t eq 'y')",
    ],
    ['', '$filter, character 1: the filter is empty'],
  ])('%s', (filter, message) => {
    expect(said(filter)).toBe(message);
  });

  it('is mended throughout, not only where it first goes wrong', () => {
    expect(said(`HealthStatus EQ "Active" && not riskScore == High OR version = 1709`)).toMatch(
      /Did you mean: HealthStatus eq 'Active' and not \(riskScore eq 'High'\) or version eq '1709'$/,
    );
  });

  it('counts characters as people do, from 1', () => {
    expect(said("computerDnsName eq '🙂🙂' x")).toMatch(/^\$filter, character 25: /);
  });

  it('is quoted in part only when it is long', () => {
    const filter = `${"computerDnsName eq 'a-rather-long-name' or ".repeat(100)}healthStatus EQ 'Active'`;
    expect(said(filter).length).toBeLessThan(400);
    expect(said(filter)).toContain("healthStatus eq 'Active'");
    expect(said(`${'x'.repeat(5000)} eq 1`).length).toBeLessThan(400);
  });

  it('gets no suggestion that is wrong itself', () => {
    const filters = [
      'healthStatus eq',
      'id in ()',
      "a eq 'x'",
      'lastSeen eq yes',
      '(((',
      "'",
      '"',
      '!',
      "x'y'z'",
      'not',
      'in',
    ];
    for (const filter of filters) {
      const read = parseFilter(filter, machineType);
      if (read.kind === 'wrong' && read.suggestion !== undefined)
        expect(parseFilter(read.suggestion, machineType)).toMatchObject({ kind: 'filter' });
    }
  });
});
