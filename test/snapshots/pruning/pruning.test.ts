import type { HeldLease, Leases } from '../../../src/snapshots/lease.ts';
import { createPruning, type PruningParts } from '../../../src/snapshots/pruning/pruning.ts';
import type { RunId } from '../../../src/snapshots/runId.ts';
import { memoryLeaseRows, memoryLeases } from '../../../src/snapshots/store/memoryLeases.ts';
import { hourlyRun, stateOf } from '../support/states.ts';
import { asOf, buckets, createStore, type Ending, instantOf, play, runsOf } from './prunedHistory.ts';

const hourMs = 3_600_000;

/** Hourly runs of two machines, in two buckets, that have another build each time. */
const hourly = async (count: number, endings: readonly Ending[] = []) => {
  const store = createStore();
  const history = Array.from({ length: count }, (_, hour) => ({
    run: hourlyRun(hour),
    isComplete: true,
    seen: [stateOf('0000', { build: hour }), stateOf('0004', { build: hour })],
  }));
  await play(store, history, endings);
  return store;
};

/** A clock that says so many hours after the first run. */
const at = (hours: number): number => instantOf(hourlyRun(0)) + hours * hourMs;
const idsOf = async ({ index }: Awaited<ReturnType<typeof hourly>>): Promise<readonly RunId[]> =>
  (await runsOf(index)).map(({ id }) => id);

describe('pruning', () => {
  it('keeps the runs of the last days, and the newest before them, which is the floor', async () => {
    const store = await hourly(30);
    expect(await store.prune(at(29.5), 1)).toEqual({ kind: 'pruned', floor: hourlyRun(5), changes: 10, runs: 5 });
    expect((await idsOf(store)).at(-1)).toBe(hourlyRun(5));
    expect(await store.index.note('floor')).toEqual({ run: hourlyRun(5) });
    expect((await asOf(store.states, hourlyRun(5))).map(({ state }) => state.build)).toEqual([5, 5]);
  });

  it('takes a run for the floor only where its states are stored', async () => {
    const store = await hourly(30, [...Array<Ending>(4).fill('stored'), 'failed', 'failed']);
    expect(await store.prune(at(29.5), 1)).toMatchObject({ floor: hourlyRun(3), runs: 3 });
  });

  it('never removes the newest run that is stored, however old it is, nor what is under way', async () => {
    const store = await hourly(5, ['stored', 'stored', 'stored', 'stored', 'underWay']);
    expect(await store.prune(at(2400), 1)).toMatchObject({ kind: 'pruned', floor: hourlyRun(3) });
    expect(await idsOf(store)).toEqual([hourlyRun(4), hourlyRun(3)]);
    expect((await asOf(store.states, hourlyRun(3))).map(({ state }) => state.build)).toEqual([3, 3]);
  });

  it('does nothing as long as no stored run is older than what is to be kept', async () => {
    const store = await hourly(3);
    expect(await store.prune(at(2), 1)).toEqual({ kind: 'nothing' });
    expect(await store.index.note('floor')).toBeUndefined();
  });

  it('keeps the floor where it is when more days are to be kept than before', async () => {
    const store = await hourly(60);
    await store.prune(at(59.5), 1);
    const pruned = await store.prune(at(59.6), 2);
    expect(pruned).toEqual({ kind: 'pruned', floor: hourlyRun(35), changes: 0, runs: 0 });
  });

  it('removes more when fewer days are to be kept than before', async () => {
    const store = await hourly(60);
    await store.prune(at(59.5), 2);
    expect(await store.prune(at(59.5), 1)).toMatchObject({ floor: hourlyRun(35), runs: 24, changes: 48 });
  });

  it('removes runs by hundreds', async () => {
    const store = await hourly(330);
    expect(await store.prune(at(329.5), 1)).toMatchObject({ kind: 'pruned', runs: 305 });
    expect(await idsOf(store)).toHaveLength(25);
  });

  it('says in one line what it removed', async () => {
    const store = await hourly(30);
    await store.prune(at(29.5), 1);
    expect(store.log.lines).toEqual([
      {
        level: 'info',
        message: 'Old snapshots were removed',
        kind: 'pruned',
        floor: hourlyRun(5),
        changes: 10,
        runs: 5,
        seconds: 0,
      },
    ]);
  });
});

describe('pruning that can not go on', () => {
  const partsOf = async (more: (store: Awaited<ReturnType<typeof hourly>>) => Partial<PruningParts>) => {
    const store = await hourly(30);
    const { index, states, clock, log } = store;
    const leases = memoryLeases({ clock, leaseMs: 60_000 });
    const wall = () => at(29.5);
    const parts = { index, states, leases, retentionDays: 1, buckets, clock: { ...clock, wall }, log, ...more(store) };
    return { store, pruning: createPruning(parts) };
  };

  it('is left to the process that is at it', async () => {
    const { store, pruning } = await partsOf(({ clock }) => {
      const rows = memoryLeaseRows(clock);
      const theirs = memoryLeases({ clock, leaseMs: 60_000, rows });
      const mine = memoryLeases({ clock, leaseMs: 60_000, rows });
      return { leases: { take: async (name) => (await theirs.take(name)) && mine.take(name) } };
    });
    expect(await pruning.prune()).toEqual({ kind: 'busy' });
    expect(await idsOf(store)).toHaveLength(30);
  });

  it('ends when its time is over, and the next one does the rest', async () => {
    const { store, pruning } = await partsOf(({ states, clock }) => ({
      sliceMs: 2500,
      states: {
        async forget(bucket, upTo) {
          clock.stall(1000);
          return states.forget(bucket, upTo);
        },
      },
    }));
    expect(await pruning.prune()).toMatchObject({ kind: 'brokenOff', floor: hourlyRun(5), runs: 0 });
    expect(await idsOf(store)).toHaveLength(30);
    expect(await store.prune(at(29.5), 1)).toMatchObject({ kind: 'pruned', floor: hourlyRun(5), runs: 5 });
  });

  it('ends when its lease is lost, and is told of as not through', async () => {
    const lostAfter = (checks: number): Leases => {
      let left = checks;
      const lease: HeldLease = { epoch: 1, isHeld: () => left-- > 0, release: async () => {} };
      return { take: async () => lease };
    };
    const untouched = await partsOf(() => ({ leases: lostAfter(0) }));
    expect(await untouched.pruning.prune()).toMatchObject({ kind: 'brokenOff', changes: 0, runs: 0 });
    expect(await untouched.store.index.note('floor')).toBeUndefined();
    const begun = await partsOf(() => ({ leases: lostAfter(2) }));
    expect(await begun.pruning.prune()).toMatchObject({ kind: 'brokenOff', runs: 0 });
    expect(begun.store.log.lines).toMatchObject([{ message: 'Old snapshots were removed', kind: 'brokenOff' }]);
  });

  it('can be asked again once its lease is given back', async () => {
    const { pruning } = await partsOf(() => ({}));
    expect(await pruning.prune()).toMatchObject({ kind: 'pruned', runs: 5 });
    expect(await pruning.prune()).toMatchObject({ kind: 'pruned', runs: 0 });
  });
});
