import { idOf } from '../../../src/snapshots/change.ts';
import { goneAttention, kindOf, newAttention } from '../../../src/snapshots/merge/kindOf.ts';
import { hourlyRun, keptOf, stateOf } from '../support/states.ts';

const run = hourlyRun(0);
const requires = (...propertiesRequireAttention: string[]) => keptOf(stateOf('a', { propertiesRequireAttention }), run);

describe('the kind of a change', () => {
  it.each([
    ['appeared', 'the machine is there', { after: requires() }],
    ['appeared', 'the machine is there and requires attention', { after: requires('Sensor') }],
    ['vanished', 'the machine is there no more', { before: requires('Sensor') }],
    ['newlyRequiresAttention', 'a property does', { before: requires(), after: requires('Sensor') }],
    ['newlyRequiresAttention', 'one more does', { before: requires('A'), after: requires('A', 'B') }],
    ['newlyRequiresAttention', 'another does instead', { before: requires('A'), after: requires('B') }],
    ['resolved', 'one does no longer', { before: requires('A', 'B'), after: requires('B') }],
    ['resolved', 'none does any longer', { before: requires('A'), after: requires() }],
    ['changed', 'the same do', { before: requires('A'), after: requires('A') }],
    ['changed', 'the same do in another order', { before: requires('A', 'B'), after: requires('B', 'A') }],
  ])('is %s where %s', (kind, _, change) => {
    expect(kindOf(change)).toBe(kind);
  });
});

describe('the properties of a change', () => {
  const change = { before: requires('Firewall', 'Sensor'), after: requires('AntivirusNotReporting', 'Sensor') };

  it('are new where they did not require attention before', () => {
    expect(newAttention(change)).toEqual(['AntivirusNotReporting']);
    expect(newAttention({ after: change.after })).toEqual(['AntivirusNotReporting', 'Sensor']);
    expect(newAttention({ before: change.before })).toEqual([]);
  });

  it('are gone where they do no longer', () => {
    expect(goneAttention(change)).toEqual(['Firewall']);
    expect(goneAttention({ before: change.before })).toEqual(['Firewall', 'Sensor']);
    expect(goneAttention({ after: change.after })).toEqual([]);
  });
});

describe('the id of a change', () => {
  it('is that of its machine, whichever side is there', () => {
    expect(idOf({ before: requires() })).toBe('a');
    expect(idOf({ after: requires() })).toBe('a');
    expect(() => idOf({})).toThrow('neither a state before nor one after');
  });
});
