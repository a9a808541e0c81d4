import { createRunFinder } from '../../../src/snapshots/reading/runFinder.ts';
import type { Run } from '../../../src/snapshots/run.ts';
import type { RunId } from '../../../src/snapshots/runId.ts';
import { hourlyRun } from '../support/states.ts';
import { stored } from './support/storedHistory.ts';

const complete = { phase: 'finished', outcome: 'complete' } as const;
const failed = { phase: 'finished', outcome: 'failed', reason: 'Defender refused the call' } as const;

/** A finder among runs, one an hour. */
const among = async (runs: readonly Partial<Run>[], floor?: RunId) => {
  const { index, put } = await stored();
  for (const [hour, run] of runs.entries()) await put({ id: hourlyRun(hour), ...run });
  if (floor !== undefined) await index.keepNote('floor', { run: floor });
  return createRunFinder(index);
};
const said = async (found: ReturnType<ReturnType<typeof createRunFinder>['named']>) => {
  const answer = await found;
  return answer.kind === 'run' ? answer.run.id : `${answer.status} ${answer.message}`;
};

describe('latest', () => {
  it('is the last run that is stored, whatever came after it', async () => {
    const runs = await among([complete, { ...complete, outcome: 'incomplete' }, failed, { phase: 'merging' }]);
    expect(await said(runs.readable('latest'))).toBe(hourlyRun(1));
    expect(await said(runs.named('latest'))).toBe(hourlyRun(1));
  });

  it('is found behind many that failed', async () => {
    const runs = await among([complete, ...Array.from({ length: 25 }, () => failed)]);
    expect(await said(runs.readable('latest'))).toBe(hourlyRun(0));
    expect(await said(runs.asOf('2026-11-02T12:00:00Z'))).toBe(hourlyRun(0));
  });

  it.each([
    [[], '404 No snapshot was taken yet'],
    [[{ phase: 'merging' as const }], '404 No run is stored yet; 20261101T000000Z is under way (merging)'],
    [[failed], '404 No run is stored yet; 20261101T000000Z, the last one, failed: Defender refused the call'],
  ])('is none where nothing is stored: %j', async (rows, message) => {
    expect(await said((await among(rows)).readable('latest'))).toBe(message);
    expect(await said((await among(rows)).asOf('2030-01-01'))).toBe(message);
  });
});

describe('a run by its name', () => {
  it('can be read once it is over, and asked about before', async () => {
    const runs = await among([complete, { phase: 'telling' }]);
    expect(await said(runs.named(hourlyRun(1)))).toBe(hourlyRun(1));
    expect(await said(runs.readable(hourlyRun(1)))).toBe(
      '409 run 20261101T010000Z is under way (telling), and can be read when it is over. Ask for latest, which is 20261101T000000Z',
    );
  });

  it('can’t be read where it failed', async () => {
    const runs = await among([failed]);
    expect(await said(runs.readable(hourlyRun(0), 'since: '))).toBe(
      '404 since: run 20261101T000000Z failed, and nothing of it is stored: Defender refused the call. No run before it is stored',
    );
  });

  it('is gone where it is older than the floor, whether its row is still there or not', async () => {
    const runs = await among([complete, complete, complete], hourlyRun(1));
    const oldest = 'The oldest run that can be asked for is 20261101T010000Z';
    expect(await said(runs.readable(hourlyRun(0)))).toBe(`410 2026-11-01T00:00:00Z is no longer kept. ${oldest}`);
    expect(await said(runs.named('20261001T000000Z'))).toBe(`410 2026-10-01T00:00:00Z is no longer kept. ${oldest}`);
    expect(await said(runs.asOf('2026-11-01T00:30:00Z'))).toBe(
      `410 asOf: 2026-11-01T00:00:00Z is no longer kept. ${oldest}`,
    );
    expect(await said(runs.asOf('2026-01-01'))).toBe(`410 asOf: 2026-01-01T00:00:00Z is no longer kept. ${oldest}`);
    expect(await said(runs.readable(hourlyRun(1)))).toBe(hourlyRun(1));
  });
});

describe('an instant', () => {
  it.each([
    ['2026-11-01T00:00:00Z', hourlyRun(0)],
    ['2026-11-01T00:59:59.9999999Z', hourlyRun(0)],
    ['2026-11-01T01:00:00Z', hourlyRun(0)],
    ['2026-11-01T03:00:00+01:00', hourlyRun(2)],
    ['9999-12-31T23:59:59Z', hourlyRun(2)],
  ])('%s is of the last run before it that is stored', async (instant, run) => {
    const runs = await among([complete, failed, complete, { phase: 'merging' }]);
    expect(await said(runs.asOf(instant))).toBe(run);
  });
});
