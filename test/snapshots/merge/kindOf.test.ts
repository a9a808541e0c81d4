import { idOf } from '../../../src/snapshots/merge/idOf.ts';
import { goneAttention, kindOf, newAttention } from '../../../src/snapshots/merge/kindOf.ts';
import { hourlyRun, keptOf, stateOf } from '../support/states.ts';

const run = hourlyRun(0);
const requires = (...propertiesRequireAttention: string[]) => keptOf(stateOf('a', { propertiesRequireAttention }), run);

describe('the kind of a change', () => {
  it.each([
    ['appeared', { after: requires() }],
    ['appeared', { after: requires('AntivirusNotReporting') }],
    ['vanished', { before: requires('AntivirusNotReporting') }],
    ['newlyRequiresAttention', { before: requires(), after: requires('AntivirusNotReporting') }],
    ['newlyRequiresAttention', { before: requires('Sensor'), after: requires('AntivirusNotReporting') }],
    ['resolved', { before: requires('AntivirusNotReporting', 'Sensor'), after: requires('Sensor') }],
    ['resolved', { before: requires('Sensor'), after: requires() }],
    ['changed', { before: requires('Sensor'), after: requires('Sensor') }],
    ['changed', { before: requires('Sensor', 'Firewall'), after: requires('Firewall', 'Sensor') }],
  ])('is %s for %j', (kind, change) => {
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
