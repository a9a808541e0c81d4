import { isShareable } from '../../src/machines/isShareable.ts';
import { question } from '../support/defender.ts';

const list = (options: Record<string, string>) => question('listMachines', { query: Object.entries(options) });

describe('what all processes share', () => {
  it.each([
    ['a machine', question('machine', { pathValue: 'srv1' })],
    ['a user’s machines', question('userMachines', { pathValue: 'user1' })],
    ['the machines of a name', list({ $filter: "computerDnsName eq 'srv1'" })],
    ['a host name', list({ $filter: "computerDnsName eq 'srv1' or startswith(computerDnsName, 'srv1.')" })],
    ['a few', list({ $top: '400' })],
  ])('is %s', (_, asked) => {
    expect(isShareable(asked)).toBe(true);
  });

  it.each([
    ['the fleet', list({})],
    ['a big page', list({ $top: '10000', $skip: '10000' })],
    ['the reports of antivirus', question('deviceAntivirus', { query: [['$top', '10000']] })],
    ['those of a state', list({ $filter: "healthStatus eq 'Active'" })],
    [
      'those that begin with a letter, or report so',
      list({ $filter: "startswith(computerDnsName, 's') or osBuild gt 100" }),
    ],
    ['those that were seen', list({ $filter: 'lastSeen ge 2026-01-20T00:00:00Z and osBuild lt 20000' })],
  ])('is not %s', (_, asked) => {
    expect(isShareable(asked)).toBe(false);
  });
});
