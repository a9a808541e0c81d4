import { retryAfter } from '../../../src/http/batch/retryAfter.ts';

const said = (status: number, value?: string) => ({
  status,
  headers: value === undefined ? {} : { 'retry-after': value },
});

describe('when to come back with a batch', () => {
  it('is when the first of those sent away may come back, whatever the error', () => {
    expect(retryAfter([said(200), said(429, '40'), said(503, '12'), said(429)])).toEqual({ 'retry-after': '12' });
    expect(retryAfter([said(429, '40'), said(500, '7')])).toEqual({ 'retry-after': '7' });
  });

  it('is not said where nobody was sent away for a time', () => {
    const noTime = [said(200, '3'), said(429), said(503, 'Wed, 21 Oct 2026 07:28:00 GMT')];
    for (const responses of [[], noTime]) expect(retryAfter(responses)).toEqual({});
  });
});
