import { guarded, timingFor } from '../../src/quota/guard.ts';
import { parseLimits } from '../../src/quota/limits.ts';

const timing = (limits: string, spreadMs?: number) => timingFor(parseLimits(limits), spreadMs);

describe('the guard', () => {
  it('is half a second to send, a second of unequal ways and a quarter of clock, where the shortest window is a minute', () => {
    expect(timing('100/60,1500/3600')).toEqual({ sendSlackMs: 500, spreadMs: 1000, clockStepMs: 250 });
    expect(timing('1000/3600')).toEqual(timing('100/60,1500/3600'));
  });

  it('is less for shorter windows, and no less than a busy machine needs', () => {
    expect(timing('5/30')).toEqual({ sendSlackMs: 250, spreadMs: 500, clockStepMs: 125 });
    expect(timing('1/1')).toEqual({ sendSlackMs: 150, spreadMs: 300, clockStepMs: 25 });
  });

  it('takes the ways as they were measured', () => {
    expect(timing('100/60', 80)).toEqual({ sendSlackMs: 500, spreadMs: 80, clockStepMs: 250 });
  });

  it('widens each window by all of it, and by what clocks drift apart meanwhile', () => {
    const limits = parseLimits('100/60,1500/3600');
    expect(guarded(limits, timingFor(limits)).map(({ calls, milliseconds }) => [calls, milliseconds])).toEqual([
      [100, 60_000 + 1750 + 24],
      [1500, 3_600_000 + 1750 + 1440],
    ]);
  });
});
