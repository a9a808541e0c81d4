import * as fc from 'fast-check';
import { machineType } from '../../src/defender/machineType.ts';
import { parseFilter } from '../../src/odata/filter.ts';
import { printFilter } from '../../src/odata/print.ts';
import { law } from '../support/law.ts';
import { expressions } from './support/expressions.ts';

const reprinted = (filter: string): string => {
  const read = parseFilter(filter, machineType);
  return read.kind === 'filter' ? printFilter(read.expression) : read.message;
};

describe('printFilter', () => {
  it('writes what parseFilter reads back as the same tree', () => {
    law(
      fc.property(expressions(), (expression) => {
        expect(parseFilter(printFilter(expression), machineType)).toEqual({ kind: 'filter', expression });
      }),
    );
  });

  it('changes nothing in what it has written', () => {
    law(
      fc.property(expressions(), (expression) => {
        const text = printFilter(expression);
        expect(reprinted(text)).toBe(text);
      }),
    );
  });

  it.each([
    ["((healthStatus eq 'Active'))", "healthStatus eq 'Active'"],
    ['(isAadJoined or isExcluded) or true', 'isAadJoined or isExcluded or true'],
    ['isAadJoined or (isExcluded or true)', 'isAadJoined or (isExcluded or true)'],
    ['(isAadJoined and isExcluded) or true', 'isAadJoined and isExcluded or true'],
    ['isAadJoined and (isExcluded or true)', 'isAadJoined and (isExcluded or true)'],
    ['not (isAadJoined)', 'not isAadJoined'],
    ["not(riskScore eq 'High')", "not (riskScore eq 'High')"],
    ['(osBuild add 1) mul 2 eq (3 sub (2 sub 1))', '(osBuild add 1) mul 2 eq 3 sub (2 sub 1)'],
    ['osBuild sub 1 sub (2 mul 3) eq 1', 'osBuild sub 1 sub 2 mul 3 eq 1'],
    ['- 5 eq osBuild', '-5 eq osBuild'],
    ['-(5) eq osBuild', '-(5) eq osBuild'],
    ['(isAadJoined eq true) eq false', 'isAadJoined eq true eq false'],
    ['isAadJoined eq (true eq false)', 'isAadJoined eq (true eq false)'],
    ['not isAadJoined eq false', 'not isAadJoined eq false'],
    ['not (isAadJoined eq false)', 'not (isAadJoined eq false)'],
  ])('keeps no parentheses but those that group: %s', (filter, canonical) => {
    expect(reprinted(filter)).toBe(canonical);
  });

  it.each([
    ["HEALTHSTATUS eq 'Active'", "healthStatus eq 'Active'"],
    ["computerDnsName\teq   'x'and( isAadJoined )", "computerDnsName eq 'x' and isAadJoined"],
    ["startswith( computerDnsName,'x' )", "startswith(computerDnsName, 'x')"],
    ["MachineTags/any(tag:tag eq 'x')", "machineTags/any(tag: tag eq 'x')"],
    ['id in(\'a\' ,"b")', 'id in (\'a\', "b")'],
    ["VmMetadata / VMID eq 'x'", "vmMetadata/vmId eq 'x'"],
  ])('writes names as documented and one blank between words: %s', (filter, canonical) => {
    expect(reprinted(filter)).toBe(canonical);
  });

  it.each(['osBuild eq 007', 'osBuild eq 1e3', 'lastSeen gt 2018-08-01Z', "computerDnsName eq 'O''Brien %41 ü'"])(
    'leaves literals as they were written: %s',
    (filter) => {
      expect(reprinted(filter)).toBe(filter);
    },
  );
});
