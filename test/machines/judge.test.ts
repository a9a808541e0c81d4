import * as fc from 'fast-check';
import { isGoodEnough, judge } from '../../src/machines/judge.ts';
import { type Freshness, usualFreshness } from '../../src/machines/wish.ts';
import { law } from '../support/law.ts';

const wanting = (freshness: Partial<Freshness>): Freshness => ({ ...usualFreshness, ...freshness });
/** Fresh for five minutes. */
const aged = (age: number) => ({ age, lifetime: 300 });

describe('a kept answer', () => {
  it.each<[string, number, Partial<Freshness>, string]>([
    ['young', 0, {}, 'usable'],
    ['at the end of its lifetime', 300, {}, 'usable'],
    ['past it', 301, {}, 'stale'],
    ['young, for who wants a new one', 0, { isNew: true }, 'request'],
    ['young, for who wants a new one and would take any', 0, { isNew: true, maxStale: Infinity }, 'request'],
    ['past it, for who wants a new one', 301, { isNew: true }, 'request'],
    ['no older than the caller says', 60, { maxAge: 60 }, 'usable'],
    ['older than the caller says', 61, { maxAge: 60 }, 'request'],
    ['older than both say', 301, { maxAge: 60 }, 'stale'],
    ['past it, whatever age the caller would take', 301, { maxAge: 86_400 }, 'stale'],
    ['just asked for, for who takes nothing of any age', 0, { maxAge: 0 }, 'usable'],
    ['a moment old, for who takes nothing of any age', 0.001, { maxAge: 0 }, 'request'],
    ['fresh for as long as is wanted', 240, { minFresh: 60 }, 'usable'],
    ['fresh for less than is wanted', 241, { minFresh: 60 }, 'request'],
    ['not to be fresh for long enough by the age that is wanted', 50, { minFresh: 60, maxAge: 100 }, 'request'],
    ['as much past it as is allowed', 360, { maxStale: 60 }, 'usable'],
    ['more past it than is allowed', 361, { maxStale: 60 }, 'stale'],
    ['past it by any time, where any is allowed', 1e9, { maxStale: Infinity }, 'usable'],
    ['as much past the wanted age as is allowed', 70, { maxAge: 10, maxStale: 60 }, 'usable'],
    ['more past the wanted age than is allowed', 71, { maxAge: 10, maxStale: 60 }, 'request'],
    ['past it, for who would take it in place of a fault alone', 301, { staleIfError: 3600 }, 'stale'],
  ])('that is %s (%s s)', (_, age, freshness, verdict) => {
    expect(judge(aged(age), wanting(freshness))).toBe(verdict);
  });

  it('that is usable stays so for who allows more', () => {
    const seconds = fc.oneof(fc.nat(1000), fc.constant(Number.POSITIVE_INFINITY));
    const wish = fc.record({ maxAge: seconds, maxStale: seconds, minFresh: fc.nat(1000) });
    law(
      fc.property(fc.nat(2000), fc.nat(1000), wish, fc.nat(1000), (age, lifetime, wanted, more) => {
        const isUsable = (freshness: Partial<Freshness>) => judge({ age, lifetime }, wanting(freshness)) === 'usable';
        if (!isUsable({ ...wanted, minFresh: 0 })) return;
        expect(isUsable({ ...wanted, minFresh: 0, maxAge: wanted.maxAge + more })).toBe(true);
        expect(isUsable({ ...wanted, minFresh: 0, maxStale: wanted.maxStale + more })).toBe(true);
      }),
    );
  });
});

describe('in place of an answer that can’t be had, a kept one', () => {
  it.each<[string, number, Partial<Freshness>, boolean]>([
    ['past its freshness is not good enough for who allowed nothing', 301, {}, false],
    ['that is fresh is not either, for who wanted it fresh for longer', 290, { minFresh: 60 }, false],
    ['as old as is allowed is', 360, { staleIfError: 60 }, true],
    ['older than is allowed is not', 361, { staleIfError: 60 }, false],
    ['of any age is, where any is allowed', 1e9, { staleIfError: Infinity }, true],
    ['is never good enough for who wants a new one', 10, { staleIfError: 3600, isNew: true }, false],
    ['as much older as is allowed than the age that is wanted is', 70, { maxAge: 10, staleIfError: 60 }, true],
    ['older than that is not', 71, { maxAge: 10, staleIfError: 60 }, false],
    ['past both is not', 350, { maxAge: 10, staleIfError: 60 }, false],
    ['counts from its lifetime where a greater age is wanted', 361, { maxAge: 3600, staleIfError: 60 }, false],
    ['that would not stay fresh for long enough is', 290, { minFresh: 60, staleIfError: 60 }, true],
    ['is judged by what is allowed for faults alone', 3000, { maxStale: Infinity, staleIfError: 60 }, false],
  ])('%s (%s s)', (_, age, freshness, isIt) => {
    expect(isGoodEnough(aged(age), wanting(freshness))).toBe(isIt);
  });
});
