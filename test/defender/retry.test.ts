import { decideRetry, type Ending } from '../../src/defender/retry.ts';

const tried = { attempts: 1, hasRefreshedToken: false, leftMs: 30_000, random: 0.5 };
const status = (code: number, retryAfterSeconds?: number): Ending => ({
  kind: 'status',
  status: code,
  retryAfterSeconds,
});

describe('a retry', () => {
  it.each([200, 204, 304, 400, 403, 404, 410, 500, 501])('is not made after %d', (code) => {
    expect(decideRetry(status(code), tried)).toEqual({ kind: 'done' });
  });

  it.each([429, 502, 503, 504])('is made after %d, when its answer asks for it', (code) => {
    expect(decideRetry(status(code, 8), tried)).toEqual({ kind: 'again', afterMs: 8000, refreshToken: false });
  });

  it('is made after a connection fault, half a second later, then twice that', () => {
    expect(decideRetry({ kind: 'fault' }, tried)).toMatchObject({ afterMs: 500 });
    expect(decideRetry({ kind: 'fault' }, { ...tried, attempts: 2 })).toMatchObject({ afterMs: 1000 });
  });

  it('backs off where an answer asks for no wait at all', () => {
    expect(decideRetry(status(503, 0), tried)).toMatchObject({ afterMs: 500 });
  });

  it('is spread by half to either side', () => {
    expect(decideRetry({ kind: 'fault' }, { ...tried, random: 0 })).toMatchObject({ afterMs: 250 });
    expect(decideRetry({ kind: 'fault' }, { ...tried, random: 0.999 })).toMatchObject({
      afterMs: expect.closeTo(750, -1),
    });
  });

  it('is not made where the wait would outlast the caller', () => {
    expect(decideRetry(status(429, 30), tried)).toEqual({ kind: 'done' });
    expect(decideRetry(status(429, 29), tried)).toMatchObject({ kind: 'again' });
  });

  it('is made once after a 401, at once, with a fresh token', () => {
    expect(decideRetry(status(401), tried)).toEqual({ kind: 'again', afterMs: 0, refreshToken: true });
    expect(decideRetry(status(401), { ...tried, hasRefreshedToken: true })).toEqual({ kind: 'done' });
  });

  it('is not made a fifth time', () => {
    expect(decideRetry(status(503), { ...tried, attempts: 3 })).toMatchObject({ kind: 'again' });
    expect(decideRetry(status(503), { ...tried, attempts: 4 })).toEqual({ kind: 'done' });
  });

  it('is not made where it would end the same way', () => {
    expect(decideRetry({ kind: 'final' }, tried)).toEqual({ kind: 'done' });
  });
});
