import * as fc from 'fast-check';
import { rateLimitHeaders } from '../../src/http/rateLimit.ts';
import { law } from '../support/law.ts';

const minute = { name: 'minute', calls: 100, seconds: 60, left: 57, resetsInSeconds: 34 };
const hour = { name: 'hour', calls: 1500, seconds: 3600, left: 812, resetsInSeconds: 1200 };

/** A list of strings with integer parameters, as the draft's structured fields are read. */
const parsed = (field = '') =>
  field.split(/,[ \t]*/).map((item) => {
    const [, name, parameters = ''] = /^"([ !#-[\]-~]*)"((?:;[a-z]+=\d{1,15})+)$/.exec(item) ?? [];
    return {
      name,
      ...Object.fromEntries([...parameters.matchAll(/;([a-z]+)=(\d+)/g)].map(([, k, v]) => [k, Number(v)])),
    };
  });

describe('what a caller is told of a quota', () => {
  it('is its limits and what is left of them', () => {
    expect(rateLimitHeaders([minute, hour])).toEqual({
      'ratelimit-policy': '"minute";q=100;w=60, "hour";q=1500;w=3600',
      ratelimit: '"minute";r=57;t=34, "hour";r=812;t=1200',
    });
  });

  it('speaks of no time after the one at which a refused caller is to come back', () => {
    expect(rateLimitHeaders([minute, hour], 40).ratelimit).toBe('"minute";r=57;t=34, "hour";r=812;t=40');
  });

  it('is two lists of structured fields that name the same limits', () => {
    const count = fc.nat({ max: 999_999 });
    const limit = fc
      .tuple(fc.stringMatching(/^\d{1,6}s$/), count, count, count, count)
      .map(([name, calls, seconds, left, resetsInSeconds]) => ({ name, calls, seconds, left, resetsInSeconds }));
    law(
      fc.property(fc.array(limit, { minLength: 1, maxLength: 4 }), (limits) => {
        const fields = rateLimitHeaders(limits);
        expect(parsed(fields['ratelimit-policy'])).toEqual(
          limits.map(({ name, calls, seconds }) => ({ name, q: calls, w: seconds })),
        );
        expect(parsed(fields.ratelimit)).toEqual(
          limits.map(({ name, left, resetsInSeconds }) => ({ name, r: left, t: resetsInSeconds })),
        );
      }),
    );
  });
});
