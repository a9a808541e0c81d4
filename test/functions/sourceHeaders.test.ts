import type { Answer, Answered } from '../../src/defender/answer.ts';
import { sourceHeaders } from '../../src/functions/sourceHeaders.ts';
import type { Source } from '../../src/machines/told.ts';

const answered: Answered = { kind: 'answered', status: 200, headers: {}, body: new Uint8Array() };
const kept: Source = { kind: 'cache', age: 12.4, freshFor: 287.6 };
const fetched: Source = { kind: 'defender', because: 'miss', age: 0.3, freshFor: 299.7, isShared: false };
const unkept: Source = { kind: 'defender', because: 'request', age: 0.3, isShared: false };
const throttled: Answer = { kind: 'throttled', retryAfterSeconds: 40, message: 'Wait 40 s.' };

describe('the headers of where an answer came from', () => {
  it('tell of a kept answer its age and how long it is good', () => {
    expect(sourceHeaders({ answer: answered, source: kept })).toEqual({
      age: '13',
      'cache-control': 'private, max-age=300',
      'cache-status': 'defender-gateway;hit;ttl=287',
    });
  });

  it('tell of a call why it was made, and no age: the answer is as new as can be', () => {
    expect(sourceHeaders({ answer: answered, source: fetched })).toEqual({
      'cache-control': 'private, max-age=299',
      'cache-status': 'defender-gateway;fwd=miss;fwd-status=200;ttl=299;stored',
    });
  });

  it('tell of a shared call that others began it', () => {
    const source: Source = { ...fetched, because: 'stale', age: 2.5, freshFor: 57.5, isShared: true };
    expect(sourceHeaders({ answer: answered, source })).toEqual({
      age: '3',
      'cache-control': 'private, max-age=60',
      'cache-status': 'defender-gateway;fwd=stale;fwd-status=200;ttl=57;stored;collapsed',
    });
  });

  it.each([
    [200, 'private, no-cache'],
    [403, 'no-store'],
    [500, 'no-store'],
  ])('allow no use without asking of what was not kept: %d', (status, cacheControl) => {
    expect(sourceHeaders({ answer: { ...answered, status }, source: unkept })).toEqual({
      'cache-control': cacheControl,
      'cache-status': `defender-gateway;fwd=request;fwd-status=${status}`,
    });
  });

  it('tell how long an absence counts', () => {
    const headers = sourceHeaders({
      answer: { ...answered, status: 404 },
      source: { kind: 'cache', age: 5, freshFor: 25 },
    });
    expect(headers).toMatchObject({ age: '5', 'cache-control': 'private, max-age=30' });
  });

  it.each([
    [throttled, fetched, 'defender-gateway;detail="throttled"'],
    [
      { kind: 'closed', retryAfterSeconds: 9, reason: 'the ledger is gone' } as Answer,
      unkept,
      'defender-gateway;detail="closed"',
    ],
    [
      { kind: 'late', reason: 'too late' } as Answer,
      { kind: 'defender', because: 'stale', isShared: true } as Source,
      'defender-gateway;fwd=stale;collapsed;detail="late"',
    ],
    [{ kind: 'notCached' } as Answer, { kind: 'nowhere' } as Source, 'defender-gateway;detail="nothing kept"'],
  ])('let no error be kept: %j', (answer, source, cacheStatus) => {
    expect(sourceHeaders({ answer, source })).toEqual({ 'cache-control': 'no-store', 'cache-status': cacheStatus });
  });
});

describe('an older answer than is usual', () => {
  const stale: Source = { kind: 'cache', age: 311.2, freshFor: -11.2 };

  it('says its age, and who allowed it', () => {
    expect(sourceHeaders({ answer: answered, source: stale })['x-gateway-warning']).toBe(
      'This answer is 312 s old, 12 s longer than it is fresh.',
    );
  });

  it('says why there is no newer one, in one line that a header takes', () => {
    const insteadOf = 'Defender’s connection\nfailed.';
    const headers = sourceHeaders({ answer: answered, source: { ...stale, insteadOf } });
    expect(headers['x-gateway-warning']).toBe(
      "This answer is 312 s old, as you allowed (stale-if-error). A newer one could not be had: Defender's connection failed.",
    );
    expect(headers['cache-status']).toBe('defender-gateway;hit;ttl=-12;detail="Defender\'s connection failed."');
    expect(headers).toMatchObject({ age: '312', 'cache-control': 'private, max-age=300' });
  });

  it('says so where it is still fresh, and a newer one was asked for', () => {
    const source: Source = { ...kept, insteadOf: 'The quota of 100 calls in 60 s is spent. Wait 40 s.' };
    expect(sourceHeaders({ answer: answered, source })['x-gateway-warning']).toBe(
      'This answer is 13 s old, as you allowed (stale-if-error). A newer one could not be had: The quota of 100 calls in 60 s is spent. Wait 40 s.',
    );
  });

  it('keeps what else there is to know of it', () => {
    const warnings = (source: Source) =>
      sourceHeaders({ answer: { ...answered, warning: 'Cut at 500.' }, source })['x-gateway-warning'];
    expect(warnings(kept)).toBe('Cut at 500.');
    expect(warnings(stale)).toMatch(/^Cut at 500\. This answer is 312 s old/);
  });
});
