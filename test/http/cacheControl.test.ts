import * as fc from 'fast-check';
import { type CacheDirectives, readCacheControl } from '../../src/http/cacheControl.ts';
import { law } from '../support/law.ts';

/** Whether an answer of this age and this whole life will do, as RFC 9111 reads the directives. */
const accepts = (
  { noCache, maxAge = Infinity, minFresh = 0, maxStale = 0 }: CacheDirectives,
  { age, life }: { age: number; life: number },
) => !noCache && age <= maxAge && life - age >= minFresh - maxStale;

const read = (header: string) => readCacheControl(header, null);
const seconds = fc.nat({ max: 100 });
const answer = fc.record({ age: seconds, life: seconds });
const amount = fc.oneof(
  seconds.map((n) => `=${n}`),
  seconds.map((n) => `="${n}"`),
  fc.constantFrom('', '=', '=""', '=x', '=-1', '=1.5', '="5" "x"', '= 5', ' 5', '=5 s'),
);
const unclosed = fc.constantFrom('="5', '=5"', '="\\"');
const directive = (names: readonly string[], value = amount) =>
  fc.tuple(fc.constantFrom(...names), value).map((pair) => pair.join(''));
const restricting = directive(
  ['no-cache', 'no-store', 'max-age', 'min-fresh', 'Max-Age', 'MIN-FRESH'],
  fc.oneof(amount, unclosed),
);
const any = directive(['no-cache', 'max-age', 'min-fresh', 'max-stale', 'stale-if-error', 'only-if-cached', 'x-y']);

describe('the Cache-Control of a request', () => {
  it.each([
    ['no-cache', { noCache: true }],
    ['No-Cache, NO-STORE', { noCache: true, noStore: true }],
    ['only-if-cached', { onlyIfCached: true }],
    ['no-store,max-age=5,min-fresh=1', { noStore: true, maxAge: 5, minFresh: 1 }],
    ['max-age=60', { maxAge: 60 }],
    ['max-age="60"', { maxAge: 60 }],
    ['\tMax-Age=060 ,, min-fresh=5,', { maxAge: 60, minFresh: 5 }],
    ['max-stale', { maxStale: Number.POSITIVE_INFINITY }],
    ['max-stale=30', { maxStale: 30 }],
    ['max-age=0, stale-if-error=86400', { maxAge: 0, staleIfError: 86_400 }],
    ['max-age=99999999999999999999', { maxAge: 2_147_483_648 }],
    ['no-transform, foo="a, no-cache", max-age=5', { maxAge: 5 }],
    ['foo="a\\", no-cache", max-age=5', { maxAge: 5 }],
    ['', {}],
    ['"no-cache"', {}],
  ])('%j says %j', (header, said) => {
    const nothing = { noCache: false, noStore: false, onlyIfCached: false };
    expect(read(header)).toEqual({ ...nothing, ...said });
  });

  it.each(['', '=', '=""', '=x', '=-1', '=1.5', '=60s', '= 60', ' 60', '=60 70', '="60"x', '=\u0666'])(
    'takes an amount that can’t be read, %j, for the strictest',
    (amount) => {
      expect(read(`max-age${amount}`).maxAge).toBe(0);
      expect(read(`stale-if-error${amount}`).staleIfError).toBe(0);
      expect(read(`min-fresh${amount}`).minFresh).toBe(2_147_483_648);
      expect(read(`max-stale${amount}`).maxStale).toBe(amount === '' ? Number.POSITIVE_INFINITY : 0);
    },
  );

  it.each(['max-stale="1, max-age=5', 'foo="\\', '"'])('is no-cache where a quote is never closed: %j', (header) => {
    expect(read(header)).toEqual({ noCache: true, noStore: false, onlyIfCached: false });
  });

  it('of one directive said twice, accepts what both accept and nothing else', () =>
    law(
      fc.property(
        fc.constantFrom('max-age', 'min-fresh', 'max-stale'),
        seconds,
        seconds,
        answer,
        (name, a, b, kept) => {
          const both = accepts(read(`${name}=${a}, ${name.toUpperCase()}="${b}"`), kept);
          expect(both).toBe(accepts(read(`${name}=${a}`), kept) && accepts(read(`${name}=${b}`), kept));
        },
      ),
    ));

  it('never accepts more for a restriction that is added, readable or not', () =>
    law(
      fc.property(fc.array(any, { maxLength: 4 }), restricting, answer, (said, added, kept) => {
        const header = said.join(', ');
        if (accepts(read(`${header},${added}`), kept)) expect(accepts(read(header), kept)).toBe(true);
      }),
    ));

  it('reads whatever it is sent', () =>
    law(
      fc.property(fc.oneof(fc.string(), fc.array(any).map(String)), (header) => {
        const { maxAge = 0, minFresh = 0, maxStale = 0, staleIfError = 0 } = read(header);
        for (const amount of [maxAge, minFresh, maxStale, staleIfError]) expect(amount).toBeGreaterThanOrEqual(0);
      }),
    ));

  it.each([
    ['commas', ','.repeat(30_000)],
    ['directives', 'max-age=1,'.repeat(3000)],
    ['quotes', '""'.repeat(15_000)],
    ['escaped quotes', `a="${'\\"'.repeat(15_000)}`],
    ['blanks', `max-age${' '.repeat(30_000)}=`],
    ['digits', `max-age=${'9'.repeat(30_000)}x`],
  ])('is read in no time, %s however many', (_, header) => {
    const started = performance.now();
    read(header);
    readCacheControl(null, header);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('the Pragma of a request', () => {
  it.each([
    [null, 'no-cache', true],
    [null, 'x, No-Cache', true],
    [null, 'x', false],
    [null, null, false],
    ['max-age=60', 'no-cache', false],
    ['', 'no-cache', false],
  ])('counts where there is no Cache-Control: %j, %j', (cacheControl, pragma, noCache) => {
    expect(readCacheControl(cacheControl, pragma).noCache).toBe(noCache);
  });
});
