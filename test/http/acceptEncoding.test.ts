import * as fc from 'fast-check';
import { codingFor } from '../../src/http/acceptEncoding.ts';
import { law } from '../support/law.ts';

const coding = fc.constantFrom('gzip', 'GZIP', 'x-gzip', 'br', 'identity', 'deflate', '*');
const weight = fc.constantFrom('', ';q=0', ';q=0.0', ';q=0.000', ';q=0.5', ' ; Q=1', ';q=1.000', ';q=', ';q=x', ';q=2');
const header = fc
  .array(
    fc.tuple(coding, weight).map((pair) => pair.join('')),
    { maxLength: 5 },
  )
  .map((pieces) => pieces.join(', '));

describe('the coding of a large answer', () => {
  it.each([
    [null, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['gzip, deflate', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZip;Q=0.3', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.9, gzip', 'gzip'],
    ['*', 'gzip'],
    ['*;q=0.1', 'gzip'],
    ['br, *', 'br'],
    ['gzip;q=0, *', 'identity'],
    ['deflate', 'identity'],
    ['identity', 'identity'],
    ['gzip;q=0.5, identity', 'identity'],
    ['gzip, identity;q=0.5', 'gzip'],
    ['gzip, identity', 'gzip'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['gzip, gzip;q=0', 'identity'],
    ['gzip;level=9', 'identity'],
    ['gzip;q=0.12345', 'identity'],
    ['gzip;q=1.5', 'identity'],
    ['gzip;q=1;x', 'identity'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['*;q=0, br', 'br'],
  ])('for %j is %s', (accepted, chosen) => {
    expect(codingFor(accepted, false)).toBe(chosen);
  });

  it.each(['identity;q=0', '*;q=0', 'identity;q=0, deflate', 'gzip;q=0, *;q=0'])(
    'is none where nothing that there is may be sent: %j',
    (accepted) => {
      expect(codingFor(accepted, false)).toBe('identity');
      expect(codingFor(accepted, true)).toBe('identity');
    },
  );
});

describe('the coding of a small answer', () => {
  it.each([
    ['gzip, br', 'identity'],
    ['gzip, identity;q=0.1', 'identity'],
    ['identity;q=0, gzip', 'gzip'],
    ['*;q=0, gzip;q=0.5, br;q=0.4', 'gzip'],
  ])('for %j is %s', (accepted, chosen) => {
    expect(codingFor(accepted, true)).toBe(chosen);
  });
});

describe('the coding of any answer', () => {
  it('is one that is named or starred, and never one that is refused', () =>
    law(
      fc.property(header, fc.boolean(), (accepted, isSmall) => {
        const chosen = codingFor(accepted, isSmall);
        if (chosen === 'identity') return;
        const ofIt = chosen === 'gzip' ? /^(x-)?gzip$/i : /^br$/i;
        const pieces = accepted.split(/, /).map((piece) => piece.split(/ ?; ?/));
        const named = pieces.filter(([name = '']) => ofIt.test(name));
        const deciding = named.length > 0 ? named : pieces.filter(([name]) => name === '*');
        expect(deciding.length).toBeGreaterThan(0);
        for (const [, q = 'q=1'] of deciding) expect(q).toMatch(/^q=(0\.5|1(\.000)?)$/i);
      }),
    ));

  it('is something for any header', () =>
    law(
      fc.property(fc.string(), fc.boolean(), (accepted, isSmall) => {
        expect(['br', 'gzip', 'identity']).toContain(codingFor(accepted, isSmall));
      }),
    ));

  it.each([
    ['codings', 'gzip,'.repeat(6000)],
    ['weights', `gzip${';q=1'.repeat(7000)}`],
    ['blanks', `gzip;${' '.repeat(30_000)}q=`],
  ])('is found in no time, %s however many', (_, accepted) => {
    const started = performance.now();
    codingFor(accepted, false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
