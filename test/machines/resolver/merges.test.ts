import { rank } from '../../../src/machines/resolver/rank.ts';
import { missingTargets } from '../../../src/machines/resolver/weigh.ts';
import { asking, idOf, inShort, machine, verdictOn } from './support/machines.ts';

const short = asking('hostName', 'srv02');
const full = asking('hostName', 'srv02.contoso.com');
const into = (digits: string) => ({ mergedIntoMachineId: idOf(digits) });
const renamed = { computerDnsName: 'srv99.contoso.com' };

describe('a record that was merged into another', () => {
  it('is set behind the one at the end of its path', () => {
    const verdict = verdictOn(full, machine('c', into('b')), machine('b', into('a')), machine('a'));
    expect(inShort(verdict)).toEqual({
      match: 'exact',
      machine: 'a',
      candidates: [
        ['b', 'mergedIntoAnother'],
        ['c', 'mergedIntoAnother'],
      ],
    });
    expect(verdict.candidates.map(({ reason }) => reason)).toEqual([
      `Defender merged it into ${idOf('a')}.`,
      `Defender merged it into ${idOf('b')}, and that, in the end, into ${idOf('a')}.`,
    ]);
  });

  it('leads to that one whatever its name and domain are now', () => {
    const asked = machine('b', into('a'));
    for (const now of [renamed, { computerDnsName: 'srv02' }, { computerDnsName: null }]) {
      expect(inShort(rank(full, { found: [asked], targets: [machine('a', now)] }))).toEqual({
        match: 'exact',
        machine: 'a',
        candidates: [['b', 'mergedIntoAnother']],
      });
    }
  });

  it('leads to one of another domain that the same find brought', () => {
    const rows = [machine('b', into('a')), machine('a', { computerDnsName: 'srv02.fabrikam.com' })];
    expect(inShort(verdictOn(full, ...rows)).machine).toBe('a');
  });

  it('sets behind in another domain, too', () => {
    const rows = [machine('b', { ...into('a'), computerDnsName: 'srv02.fabrikam.com' }), machine('a')];
    expect(inShort(verdictOn(short, ...rows)).match).toBe('exact');
  });

  it('into a bare name is that bare name’s machine, beside which another of the full name stays in doubt', () => {
    const bare = machine('a', { computerDnsName: 'srv02' });
    expect(inShort(verdictOn(full, machine('b', into('a')), bare)).machine).toBe('a');
    expect(inShort(verdictOn(full, machine('b', into('a')), bare, machine('c'))).match).toBe('ambiguous');
  });

  it('is compared by its id in any case', () => {
    const row = machine('b', { mergedIntoMachineId: idOf('a').toUpperCase() });
    expect(inShort(verdictOn(short, row, machine('a'))).match).toBe('exact');
  });
});

describe('a record that was merged into one that Defender does not give', () => {
  it('is no machine, and says so', () => {
    const verdict = verdictOn(full, machine('b', into('a')));
    expect(inShort(verdict)).toEqual({ match: 'ambiguous', machine: null, candidates: [['b', 'mergedIntoAnother']] });
    expect(verdict.candidates[0]?.reason).toBe(
      `Defender merged it into ${idOf('a')}, and no record of that id was found.`,
    );
    expect(verdict.message).toBe(
      `Defender merged srv02.contoso.com (${idOf('b')}) into ${idOf('a')}, and no record of that id was found. Ask with the Entra device id (aadDeviceId) or the machineId.`,
    );
  });

  it('stands behind another record of its name', () => {
    expect(inShort(verdictOn(full, machine('b', into('a')), machine('c')))).toEqual({
      match: 'exact',
      machine: 'c',
      candidates: [['b', 'mergedIntoAnother']],
    });
  });

  it('keeps a machine of another domain from being the one', () => {
    const other = machine('c', { computerDnsName: 'srv02.fabrikam.com' });
    expect(inShort(verdictOn(short, machine('b', into('a')), other))).toEqual({
      match: 'ambiguous',
      machine: null,
      candidates: [
        ['c', null],
        ['b', 'mergedIntoAnother'],
      ],
    });
  });
});

describe('records that were merged in a circle', () => {
  it('are taken as not merged', () => {
    const circle = [machine('a', into('b')), machine('b', into('a')), machine('c', into('b'))];
    expect(inShort(verdictOn(full, ...circle)).candidates).toEqual([
      ['a', null],
      ['b', null],
      ['c', null],
    ]);
    expect(inShort(verdictOn(full, machine('a', into('a'))))).toMatchObject({ match: 'exact', machine: 'a' });
  });
});

describe('what has to be looked for', () => {
  it('is each record that was merged into and did not come, once', () => {
    const rows = [machine('a', into('9')), machine('b', into('9')), machine('c', into('8')), machine('d', into('a'))];
    expect(missingTargets(full, { found: rows, targets: [] })).toEqual([idOf('8'), idOf('9')]);
    expect(missingTargets(full, { found: rows, targets: [machine('8'), machine('9', into('7'))] })).toEqual([
      idOf('7'),
    ]);
  });

  it('is nothing of a machine that was not asked for', () => {
    const other = machine('a', { ...into('9'), computerDnsName: 'srv02.fabrikam.com' });
    expect(missingTargets(full, { found: [other, machine('b')], targets: [] })).toEqual([]);
  });
});
