import * as fc from 'fast-check';
import { cacheStatusHeader } from '../../src/http/cacheStatus.ts';
import { readDictionary } from '../../src/http/dictionary.ts';
import { law } from '../support/law.ts';

describe('Cache-Status', () => {
  it.each([
    [{ hit: true, ttl: 287.6 }, 'hit;ttl=287'],
    [
      { hit: true, ttl: -12.1, detail: 'the "quota" \\ is spent' },
      'hit;ttl=-13;detail="the \\"quota\\" \\\\ is spent"',
    ],
    [
      { forwarded: 'miss', status: 200, ttl: 300, stored: true, collapsed: false } as const,
      'fwd=miss;fwd-status=200;ttl=300;stored',
    ],
    [{ forwarded: 'stale', collapsed: true } as const, 'fwd=stale;collapsed'],
    [{ hit: true, ttl: 0 }, 'hit;ttl=0'],
  ])('of %j is %s', (status, parameters) => {
    expect(cacheStatusHeader(status)).toEqual({ 'cache-status': `defender-gateway;${parameters}` });
  });

  it('is a structured field whatever the detail', () =>
    law(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (detail, ttl) => {
        const member = cacheStatusHeader({ hit: true, ttl, detail })['cache-status'];
        expect(readDictionary(member ?? '')).toEqual(new Map([['defender-gateway', '?1']]));
      }),
    ));
});
