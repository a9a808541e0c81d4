import { parseLimits, printLimits } from '../../src/quota/limits.ts';

describe('parseLimits', () => {
  it('reads the limits of the documents, shortest window first', () => {
    expect(parseLimits(' 1500/3600, 100/60')).toEqual([
      { calls: 100, seconds: 60 },
      { calls: 1500, seconds: 3600 },
    ]);
  });

  it('reads back what it prints', () => {
    expect(printLimits(parseLimits('20/6'))).toBe('20/6');
  });

  it.each(['', '100', '100/0', '0/60', '100/60;1500/3600', '1e3/60', '-5/60', '100/60,'])(
    'refuses %j and shows one that is right',
    (text) => {
      expect(() => parseLimits(text)).toThrow('write calls/seconds, such as 100/60,1500/3600');
    },
  );

  it('refuses two limits for one window', () => {
    expect(() => parseLimits('100/60,50/60')).toThrow('two limits of 60 seconds');
  });
});
