import { wholeCount } from '../../../src/snapshots/live/wholeCount.ts';
import { noCounts } from '../../../src/snapshots/run.ts';
import { runOf } from './support/states.ts';

const run = runOf({ counts: { ...noCounts, machines: 25_000 } });

describe('the count of all states', () => {
  it('is exact on the last page, whatever the last snapshot counted', () => {
    expect(wholeCount({ given: 444, hasMore: false, run })).toEqual({ count: 444 });
  });

  it('is the last snapshot’s before that, and says so', () => {
    const { count, warning } = wholeCount({ given: 10_000, hasMore: true, run });
    expect([count, warning]).toEqual([25_000, '@odata.count is that of the snapshot of 2026-11-18T11:00:00Z.']);
  });

  it.each([
    ['there is no snapshot', undefined],
    ['it counted fewer', runOf({ counts: { ...noCounts, machines: 10_000 } })],
  ])('is the least there can be where %s', (_, known) => {
    const { count, warning } = wholeCount({ given: 10_000, hasMore: true, run: known });
    expect(count).toBe(10_001);
    expect(warning).toContain('the least there can be');
  });
});
