import { peakOf, quartersOf, residentOf, sampleMemory } from '../../../bench/snapshots/measure/memory.ts';

const samples = [10, 20, 30, 40, 50, 60, 70, 80].map((at, i) => ({ at, resident: [5, 9, 1, 2, 3, 7, 4, 6][i] ?? 0 }));

describe('sampled memory', () => {
  it('has a peak in a stretch of time, and none where nothing was sampled', () => {
    expect(peakOf(samples, 30, 60)).toBe(7);
    expect(peakOf(samples, 31, 39)).toBe(0);
  });

  it('has the most of each quarter, so that what grows can be told from what is flat', () => {
    expect(quartersOf(samples, 5, 85)).toEqual([9, 2, 7, 6]);
  });

  it('is taken until told to stop, the first at once', async () => {
    const sampling = sampleMemory(async () => 42);
    expect((await sampling.stop()).map(({ resident }) => resident)).toEqual([42]);
  });

  it('of this process is some tens of megabytes where the system tells, and unknown of one that is not there', async () => {
    const own = await residentOf(process.pid);
    expect(own === undefined ? process.platform : own > 20e6 && own < 4e9).not.toBe(
      own === undefined ? 'linux' : false,
    );
    expect(await residentOf(999_999_999)).toBeUndefined();
  });
});
