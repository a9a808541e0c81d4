import * as fc from 'fast-check';
import { priorityHeader, readPriority } from '../../src/http/priority.ts';
import { priorityClasses } from '../../src/quota/priorityClass.ts';
import { law } from '../support/law.ts';

describe('the priority of a call', () => {
  it.each([
    ['u=0', 'interactive'],
    ['u=3', 'interactive'],
    ['u=4', 'enrichment'],
    ['u=5, i', 'enrichment'],
    ['i, u=6', 'background'],
    ['u=7;why="sweep"', 'background'],
    ['u=1, u=7', 'background'],
  ])('%j is %s', (header, priority) => {
    expect(readPriority(header).class).toBe(priority);
  });

  it.each([
    [null],
    [''],
    ['i'],
    ['u'],
    ['u=8'],
    ['u=-1'],
    ['u=5.0'],
    ['u="5"'],
    ['u=low'],
    ['u=(5)'],
    ['u=5,'],
    ['background'],
    ['u=5 i'],
  ])('is that of who says nothing where %j can’t be read', (header) => {
    expect(readPriority(header)).toEqual({ urgency: 3, class: 'interactive' });
  });

  it('is never above its caller’s cap, and otherwise what was asked', () =>
    law(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.constantFrom(...priorityClasses), (asked, cap) => {
        const free = readPriority(`u=${asked}`);
        const capped = readPriority(`u=${asked}`, cap);
        const [least, wanted] = [priorityClasses.indexOf(cap), priorityClasses.indexOf(free.class)];
        expect(priorityClasses.indexOf(capped.class)).toBe(Math.max(least, wanted));
        if (wanted >= least) expect(capped).toEqual(free);
      }),
    ));

  it('is told as it was applied, so that who reads the answer gets the same class', () =>
    law(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.constantFrom(...priorityClasses), (asked, cap) => {
        const applied = readPriority(`u=${asked}`, cap);
        expect(readPriority(priorityHeader(applied).priority ?? null)).toEqual(applied);
      }),
    ));
});
