import * as fc from 'fast-check';
import type { Change } from '../../../src/snapshots/change.ts';
import { changesIn } from '../../../src/snapshots/reading/changesIn.ts';
import { type RunVolume, type Window, windowsOf } from '../../../src/snapshots/reading/windows.ts';
import { law } from '../../support/law.ts';
import { histories } from '../support/histories.ts';
import { hourlyRun } from '../support/states.ts';
import { buckets, spread, stored } from './support/storedHistory.ts';

const volumes = fc
  .array(fc.nat(9000), { maxLength: 40 })
  .map((changes): readonly RunVolume[] =>
    changes.map((count, at) => ({ id: hourlyRun(99 - at), changes: count, mayHaveVanished: false })),
  );

describe('windows of runs', () => {
  it('follow upon each other without a gap from one end of the range to the other', () => {
    law(
      fc.property(volumes, fc.option(fc.constant(hourlyRun(99)), { nil: undefined }), (runs, upTo) => {
        const windows = windowsOf(runs, { after: hourlyRun(0), upTo }, 1);
        expect(windows[0]?.range.upTo).toBe(upTo);
        expect(windows.at(-1)?.range.after).toBe(hourlyRun(0));
        for (const [at, { range }] of windows.slice(1).entries()) expect(range.upTo).toBe(windows[at]?.range.after);
        expect(windows.flatMap((window) => window.runs)).toEqual(runs);
        for (const { range, runs: own } of windows) {
          for (const { id } of own) expect(id > String(range.after) && id <= (range.upTo ?? '~')).toBe(true);
        }
      }),
    );
  });

  it('hold what a bucket has room for, and one run at least', () => {
    law(
      fc.property(volumes, (runs) => {
        for (const { runs: own } of windowsOf(runs, {}, 1)) {
          const allButLast = own.slice(0, -1).reduce((sum, { changes }) => sum + changes, 0);
          expect(allButLast).toBeLessThan(4000);
        }
        expect(windowsOf(runs, {}, 1_000_000)).toHaveLength(1);
      }),
    );
  });
});

describe('changes that are read window by window', () => {
  it('come to the same as all at once', async () => {
    await fc.assert(
      fc.asyncProperty(histories.map(spread), async (history) => {
        const { states } = await stored(history);
        const runs = history.map(({ run }) => run);
        const each = runs.slice(1).map((upTo, at): Window => ({ range: { after: runs[at], upTo }, runs: [] }));
        const whole: Window = { range: { after: runs[0] }, runs: [] };
        const all = { from: 0, to: buckets };
        const items = async (windows: readonly Window[]): Promise<readonly Change[]> =>
          (await changesIn(states, all, windows)).flatMap((found) => found.items);
        expect(await items(each.toReversed())).toEqual(await items([whole]));
      }),
      { numRuns: 100 },
    );
  });
});
