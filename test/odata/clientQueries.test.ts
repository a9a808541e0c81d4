import { machineType } from '../../src/defender/machineType.ts';
import { printQueryOptions, readQueryOptions } from '../../src/odata/queryOptions.ts';

const sent = (query: string): string => {
  const read = readQueryOptions(new URLSearchParams(query), { type: machineType, mostTop: 10_000 });
  return read.kind === 'options' ? decodeURIComponent(printQueryOptions(read.options)) : `400 ${read.message}`;
};

describe('what clients in use send', () => {
  it.each([
    ["$filter=healthStatus eq 'Active'&$top=100&", "$filter=healthStatus eq 'Active'&$top=100"],
    ['%24filter=healthStatus+eq+%27Active%27', "$filter=healthStatus eq 'Active'"],
    ['$filter=&$top=2', '$top=2'],
    ['$filter=id+in+("a1","b2")', '$filter=id in ("a1", "b2")'],
    ["$filter=id in ('a1','b2')&$count=true", "$filter=id in ('a1', 'b2')&$count=true"],
    ['$top=1000&$skip=2000', '$top=1000&$skip=2000'],
    [
      '$select=computerDnsName,lastSeen&$orderby=lastSeen desc',
      '$select=computerDnsName,lastSeen&$orderby=lastSeen desc',
    ],
    [
      "$filter=computerDnsName eq 'a.contoso.com' or lastIpAddress eq '10.0.0.1' or lastExternalIpAddress eq '1.2.3.4'",
      "$filter=computerDnsName eq 'a.contoso.com' or lastIpAddress eq '10.0.0.1' or lastExternalIpAddress eq '1.2.3.4'",
    ],
    [
      "$filter=(riskScore eq 'High' and healthStatus eq 'Active') or (riskScore eq 'High' and exposureLevel eq 'High')",
      "$filter=riskScore eq 'High' and healthStatus eq 'Active' or riskScore eq 'High' and exposureLevel eq 'High'",
    ],
    ["$filter=onboardingstatus eq 'onboarded'", "$filter=onboardingStatus eq 'onboarded'"],
    ['$filter=lastSeen gt 2018-08-01Z', '$filter=lastSeen gt 2018-08-01Z'],
    ["$filter=startswith(computerDnsName,'mymachine')", "$filter=startswith(computerDnsName, 'mymachine')"],
    ["$filter=HealthStatus+ne+'Active'", "$filter=healthStatus ne 'Active'"],
    ["$filter=machineTags/any(tag: tag eq 'ExampleTag')", "$filter=machineTags/any(tag: tag eq 'ExampleTag')"],
    ["$filter=rbacGroupId eq '140'&code=functionKey", "$filter=rbacGroupId eq '140'"],
    [
      '$filter=aadDeviceId eq 80fe8ff8-2624-418e-9591-41f0491218f9',
      '$filter=aadDeviceId eq 80fe8ff8-2624-418e-9591-41f0491218f9',
    ],
    [
      "$filter=computerDnsName eq 'O'Brien-PC'",
      "400 $filter, character 22: a single quote inside a text is written twice. Did you mean: computerDnsName eq 'O''Brien-PC'",
    ],
  ])('%s', (query, upstream) => {
    expect(sent(query)).toBe(upstream);
  });
});
