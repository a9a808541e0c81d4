import * as fc from 'fast-check';
import { notReusable, reusable, reusableIfConfirmed } from '../../src/http/reuse.ts';
import { law } from '../support/law.ts';

describe('what a cache behind the gateway is told', () => {
  it.each([
    ['a kept answer', 12.4, 287.6, { age: '13', 'cache-control': 'private, max-age=300' }],
    ['a stale one', 312.4, -12.4, { age: '313', 'cache-control': 'private, max-age=300' }],
    ['one that came just now', undefined, 299.7, { 'cache-control': 'private, max-age=299' }],
    ['one that was never fresh', 5, -60, { age: '5', 'cache-control': 'private, max-age=0' }],
    ['one kept this instant', 0, 60, { age: '0', 'cache-control': 'private, max-age=60' }],
  ])('of %s is its whole life, and how much of it is over', (_, age, freshFor, headers) => {
    expect(reusable(age, freshFor)).toEqual(headers);
  });

  it('makes it neither younger nor fresh for longer than it is', () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
    const left = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    law(
      fc.property(fc.option(seconds, { nil: undefined }), left, (age, freshFor) => {
        const told = reusable(age, freshFor);
        const life = Number(/^private, max-age=(\d+)$/.exec(told['cache-control'] ?? '')?.[1]);
        const spent = Number(told.age ?? 0);
        expect(spent).toBeGreaterThanOrEqual(age ?? 0);
        expect(life - spent).toBeLessThanOrEqual(Math.max(0, freshFor));
        expect(told.age).toEqual(age === undefined ? undefined : expect.stringMatching(/^\d+$/));
      }),
    );
  });

  it('of an error, and of what is not kept here, allows no use without asking', () => {
    expect(notReusable).toEqual({ 'cache-control': 'no-store' });
    expect(reusableIfConfirmed).toEqual({ 'cache-control': 'private, no-cache' });
  });
});
