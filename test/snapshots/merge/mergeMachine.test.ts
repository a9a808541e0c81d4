import { firstSeen, missedBy, seenAgain } from '../../../src/snapshots/merge/mergeMachine.ts';
import { hourlyRun, keptOf, stateOf } from '../support/states.ts';

const [first, second, third] = [hourlyRun(0), hourlyRun(1), hourlyRun(2)];

describe('a machine that was never seen', () => {
  it('is kept as it is, all of it since this run', () => {
    const state = stateOf('a', { propertiesRequireAttention: ['Firewall', 'Sensor'] });
    expect(firstSeen(state, second)).toEqual({
      state,
      appeared: second,
      since: second,
      attentionSince: [second, second],
    });
  });
});

describe('a machine that is seen again', () => {
  const kept = keptOf(stateOf('a', { propertiesRequireAttention: ['Firewall', 'Sensor'] }), first, {
    attentionSince: [first, second],
  });

  it('stays untouched where nothing is different', () => {
    expect(seenAgain(kept, stateOf('a', { propertiesRequireAttention: ['Firewall', 'Sensor'] }), third)).toBe(kept);
  });

  it('keeps the text that it was first seen with', () => {
    const longer = keptOf(stateOf('a', { osVersion: '10.0.14393.2485.amd64fre.rs1_release' }), first);
    expect(seenAgain(longer, stateOf('a', { osVersion: '10.0.14393.2485' }), second)).toBe(longer);
  });

  it('is in another state since this run, and as old as it was', () => {
    const state = stateOf('a', { build: 19045, propertiesRequireAttention: ['Firewall', 'Sensor'] });
    expect(seenAgain(kept, state, third)).toEqual({
      state,
      appeared: first,
      since: third,
      attentionSince: [first, second],
    });
  });

  it('requires attention since when it first did, property by property', () => {
    const state = stateOf('a', { propertiesRequireAttention: ['AntivirusNotReporting', 'Sensor'] });
    expect(seenAgain(kept, state, third).attentionSince).toEqual([third, second]);
  });

  it('is missed no longer, and nothing else is different', () => {
    expect(seenAgain({ ...kept, missedSince: second }, kept.state, third)).toEqual(kept);
    expect(seenAgain({ ...kept, missedSince: second }, kept.state, third)).not.toHaveProperty('missedSince');
  });

  it('is missed no longer where it changed, too', () => {
    expect(seenAgain({ ...kept, missedSince: second }, stateOf('a'), third)).toEqual({
      state: stateOf('a'),
      appeared: first,
      since: third,
      attentionSince: [],
    });
  });
});

describe('a machine that a complete run does not see', () => {
  const kept = keptOf(stateOf('a'), first);

  it('is missed at first, and kept as it was', () => {
    expect(missedBy(kept, second)).toEqual({ ...kept, missedSince: second });
  });

  it('has vanished when another run has missed it before', () => {
    expect(missedBy({ ...kept, missedSince: second }, third)).toBeUndefined();
  });

  it('stays as it is when the same run missed it before, and was killed', () => {
    const missed = { ...kept, missedSince: second };
    expect(missedBy(missed, second)).toBe(missed);
  });
});
