import { countingModel, type ModelName } from '../../../bench/simulation/upstream/countingModel.ts';
import { createJudge } from '../../../bench/simulation/upstream/judge.ts';

const limit = { calls: 4, seconds: 10 };

/** Tries a call at each instant: how long each would have had to wait. */
const waits = (name: ModelName, instants: readonly number[]) => {
  const model = countingModel(name, limit);
  return instants.map((at) => {
    const waitMs = model.waitAt(at);
    if (waitMs === 0) model.take(at);
    return Math.round(waitMs);
  });
};

describe('an upstream that counts', () => {
  it('by an exact log takes the fifth call when the first is ten seconds old', () => {
    expect(waits('rolling', [1000, 2000, 3000, 4000, 5000, 10_999, 11_000, 11_500])).toEqual([
      0, 0, 0, 0, 6000, 1, 0, 500,
    ]);
  });

  it('by fixed windows takes four before a window ends and four after', () => {
    expect(waits('fixed', [9000, 9100, 9200, 9300, 9400, 10_000, 10_100, 10_200, 10_300, 10_400])).toEqual([
      0, 0, 0, 0, 600, 0, 0, 0, 0, 9600,
    ]);
  });

  it('by shifted windows starts them elsewhere', () => {
    expect(waits('shifted', [6000, 6100, 6200, 6250, 6299, 6301])).toEqual([0, 0, 0, 0, 1, 0]);
  });

  it('by a bucket takes one more for each token that has come', () => {
    expect(waits('bucket', [0, 0, 0, 0, 0, 2500, 2500])).toEqual([0, 0, 0, 0, 2500, 0, 2500]);
  });

  it('by two counters takes the calls of the window before as spread over it', () => {
    const [refused, early, taken] = waits('approximated', [9000, 9100, 9200, 9300, 10_000, 12_499, 12_500]).slice(4);
    expect([refused, early, taken]).toEqual([2500, 1, 0]);
  });

  it('by two counters says after how long a call would be taken where the window is full by itself', () => {
    const [full, still, taken] = waits('approximated', [1000, 1100, 1200, 1300, 1400, 12_499, 12_500]).slice(4);
    expect([full, still, taken]).toEqual([11_100, 1, 0]);
  });
});

describe('the judge', () => {
  it('counts each arrival that makes a rolling window hold more than its limit', () => {
    const judge = createJudge([limit, { calls: 6, seconds: 100 }]);
    for (const at of [0, 1000, 2000, 3000, 9999, 10_000, 20_000, 30_000]) judge.arrived(at);
    expect(judge.violations).toBe(4);
    expect(judge.examples).toEqual([9999, 10_000, 20_000, 30_000]);
    expect(judge.fullest).toEqual([5, 8]);
  });
});
