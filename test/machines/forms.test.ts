import { createForms } from '../../src/machines/forms.ts';
import { hostNameLookup, type Lookup, lookupOf } from '../../src/machines/lookup.ts';
import { question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';

const byName = (name: string): Lookup => {
  const found = lookupOf(question('listMachines', { query: [['$filter', `computerDnsName eq '${name}'`]] }));
  if (!found) throw new Error('this question does not travel');
  return found;
};
const [a, b, c] = [byName('a'), byName('b'), byName('c')];
const { lane } = a;
const quarter = 15 * 60_000;

const setUp = () => {
  const clock = fakeClock(1);
  const forms = createForms(clock);
  /** A call was refused, and this is how each of its lookups ended. */
  const tried = (...ends: readonly (readonly [Lookup, number | 'refused'])[]) => {
    const trial = forms.trial(ends.map(([lookup]) => lookup));
    for (const [lookup, how] of ends) trial.ended(lookup, how);
    return trial;
  };
  return { clock, forms, tried };
};

describe('the form to try first', () => {
  it('is the best one where nothing was refused', () => {
    expect(setUp().forms.level(lane)).toBe(0);
  });

  it('is the one in which all were taken after a refusal, in their lane alone', () => {
    const { forms, tried } = setUp();
    tried([a, 1], [b, 1]);
    expect(forms.level(lane)).toBe(1);
    expect(forms.level(hostNameLookup('a').lane)).toBe(0);
  });

  it('is the largest of those in which they were taken, in any order', () => {
    for (const ends of [
      [a, 1, b, 3, c, 2],
      [a, 3, b, 1, c, 1],
      [a, 1, b, 1, c, 3],
    ] as const) {
      const { forms, tried } = setUp();
      tried([ends[0], ends[1]], [ends[2], ends[3]], [ends[4], ends[5]]);
      expect(forms.level(lane)).toBe(3);
    }
  });

  it('is learnt when the last of them was taken, not before', () => {
    const { forms } = setUp();
    const trial = forms.trial([a, b]);
    trial.ended(a, 2);
    trial.ended(a, 2);
    expect(forms.level(lane)).toBe(0);
    trial.ended(b, 1);
    expect(forms.level(lane)).toBe(2);
  });

  it('is not learnt from a call in which one is refused in any company', () => {
    for (const ends of [
      [a, 'refused', b, 1, c, 1],
      [a, 1, b, 'refused', c, 1],
      [a, 1, b, 1, c, 'refused'],
    ] as const) {
      const { forms, tried } = setUp();
      const trial = tried([ends[0], ends[1]], [ends[2], ends[3]], [ends[4], ends[5]]);
      for (const lookup of [a, b, c]) trial.ended(lookup, 2);
      expect(forms.level(lane)).toBe(0);
    }
  });

  it('is learnt from the next call, though one taught nothing', () => {
    const { forms, tried } = setUp();
    tried([a, 'refused'], [b, 2]);
    tried([b, 1], [c, 1]);
    expect(forms.level(lane)).toBe(1);
  });

  it('is no better one because a later call was taken in it', () => {
    const { forms, tried } = setUp();
    tried([a, 3]);
    tried([b, 1]);
    expect(forms.level(lane)).toBe(3);
  });

  it('is the best one again after a quarter of an hour, however often it was used', async () => {
    const { clock, forms, tried } = setUp();
    tried([a, 2]);
    await clock.advance(quarter - 1);
    tried([b, 2]);
    expect(forms.level(lane)).toBe(2);
    await clock.advance(1);
    expect(forms.level(lane)).toBe(0);
    tried([a, 1]);
    expect(forms.level(lane)).toBe(1);
  });
});
