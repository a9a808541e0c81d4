import * as fc from 'fast-check';
import { isStored, type Run } from '../../../src/snapshots/run.ts';
import { type RunId, runIdAt } from '../../../src/snapshots/runId.ts';
import { type History, histories } from '../support/histories.ts';
import { hourlyRun } from '../support/states.ts';
import { asOf, buckets, createStore, type Ending, floorOf, instantOf, play, runsOf } from './prunedHistory.ts';

const hourMs = 3_600_000;

/** A pruning some hours into a history, were the retention over by then; killed at one of its writes, or not. */
interface Pruning {
  readonly hours: number;
  readonly days: number;
  readonly killed?: { readonly afterWrites: number; readonly isBefore: boolean } | undefined;
}

const prunings: fc.Arbitrary<readonly Pruning[]> = fc.array(
  fc.record({
    hours: fc.double({ min: -1, max: 9, noNaN: true }),
    days: fc.integer({ min: 1, max: 90 }),
    killed: fc.option(fc.record({ afterWrites: fc.nat({ max: 8 }), isBefore: fc.boolean() }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 4 },
);

const endings: fc.Arbitrary<readonly Ending[]> = fc
  .tuple(fc.array(fc.constantFrom<Ending>('stored', 'stored', 'failed'), { maxLength: 8 }), fc.boolean())
  .map(([all, isUnderWay]) => [...all, ...(isUnderWay ? (['underWay'] as const) : [])]);

/** A run under way is the last one. */
const cutAt = (history: History, all: readonly Ending[]): History =>
  all.at(-1) === 'underWay' ? history.slice(0, all.length) : history;

const edgeOf = ({ hours }: Pruning): RunId => runIdAt(instantOf(hourlyRun(0)) + hours * hourMs);

const newestBefore = (runs: readonly Run[], edge: RunId): RunId =>
  runs.find((run) => isStored(run) && run.id < edge)?.id ?? '';

describe('pruning', () => {
  it('leaves what is read at the floor and after it as it was, whenever it prunes and wherever it is killed', async () => {
    await fc.assert(
      fc.asyncProperty(histories, endings, prunings, async (history, all, some) => {
        const store = createStore();
        const { index, states } = store;
        await play(store, cutAt(history, all), all);
        const runs = await runsOf(index);
        const stored = runs.filter(isStored).map(({ id }) => id);
        const now = await states.read(0, buckets);
        const then = new Map(await Promise.all(stored.map(async (id) => [id, await asOf(states, id)] as const)));
        let floor = '';

        const last = { ...(some.at(-1) as Pruning), killed: undefined };
        for (const pruning of [...some, last]) {
          const { hours, days, killed } = pruning;
          const before = floor;
          const at = instantOf(hourlyRun(0)) + hours * hourMs + days * 24 * hourMs;
          const result = await store.prune(at, days, killed);
          floor = await floorOf(index);
          const known = (await runsOf(index)).map(({ id }) => id);
          expect(floor >= before).toBe(true);
          expect(await states.read(0, buckets)).toEqual(now);
          for (const id of stored.filter((one) => one >= floor)) expect(await asOf(states, id)).toEqual(then.get(id));
          expect(known.filter((id) => id >= floor)).toEqual(runs.map(({ id }) => id).filter((id) => id >= floor));
          if (result === 'killed') continue;
          const newest = newestBefore(runs, edgeOf(pruning));
          expect([newest, before].sort().at(-1)).toBe(floor);
          expect(known.filter((id) => id < floor)).toEqual([]);
          const left = await Promise.all(Array.from({ length: buckets }, (_, at) => states.changes(at, {})));
          expect(left.flat().filter(({ run }) => floor !== '' && run <= floor)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
