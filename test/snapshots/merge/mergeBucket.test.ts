import type { KeptState } from '../../../src/snapshots/keptState.ts';
import type { MergeInput } from '../../../src/snapshots/merge/merge.ts';
import { mergeBucket } from '../../../src/snapshots/merge/mergeBucket.ts';
import { noChanges } from '../../../src/snapshots/run.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import { type Chunk, lastFence } from '../../../src/snapshots/stateStore.ts';
import { hourlyRun, keptOf, stateOf } from '../support/states.ts';

const [first, second, third] = [hourlyRun(0), hourlyRun(1), hourlyRun(2)];

/** What the third run makes of what the first one left. */
const merged = (chunks: readonly Chunk[], seen: readonly SecurityState[], other: Partial<MergeInput> = {}) =>
  mergeBucket({
    run: third,
    bucket: { bucket: 0, head: { run: first, upTo: lastFence, changes: noChanges }, version: 'v', chunks },
    seen,
    countsMisses: true,
    isFirst: false,
    mostEntities: 100,
    ...other,
  });

const chunk = (fence: string, ...machines: KeptState[]): Chunk => ({ fence, machines });

const a = keptOf(stateOf('a', { propertiesRequireAttention: ['Sensor'] }), first);
const b = keptOf(stateOf('b'), first);
const c = keptOf(stateOf('c'), first);
const missed = (kept: KeptState) => ({ ...kept, missedSince: second });

describe('a bucket in which nothing is different', () => {
  it('is not written', () => {
    const { batches, tally } = merged([chunk('b', a, b), chunk(lastFence, c)], [a.state, b.state, c.state]);
    expect(batches).toEqual([]);
    expect(tally).toEqual({
      stored: 3,
      machines: 3,
      missed: 0,
      changes: noChanges,
      requireAttention: 1,
      attention: { Sensor: 1 },
    });
  });

  it('is not written where it holds nothing, and nothing was seen', () => {
    expect(merged([], []).batches).toEqual([]);
  });
});

describe('a bucket in which machines are different', () => {
  it('is written chunk by chunk: what changed, and the record of it', () => {
    const state = stateOf('c', { build: 19045 });
    const { batches, tally } = merged([chunk('b', a, b), chunk(lastFence, c)], [a.state, b.state, state]);
    const after = { ...c, state, since: third };
    const changes = { ...noChanges, changed: 1 };
    expect(batches).toEqual([
      {
        head: { run: third, upTo: lastFence, changes },
        put: [chunk(lastFence, after)],
        remove: [],
        changes: [{ before: c, after }],
      },
    ]);
    expect(tally.changes).toEqual(changes);
  });

  it('takes a machine that appears into the chunk in whose range it is', () => {
    const { batches } = merged([chunk('b', b), chunk(lastFence, c)], [a.state, b.state, c.state]);
    const after = keptOf(a.state, third);
    expect(batches[0]?.put).toEqual([chunk('b', after, b)]);
    expect(batches[0]?.changes).toEqual([{ after }]);
    expect(batches[0]?.head.changes).toEqual({ ...noChanges, appeared: 1 });
  });

  it('takes what is above all chunks into one for the rest', () => {
    const { batches } = merged([chunk('b', a, b)], [a.state, b.state, c.state]);
    expect(batches[0]?.put).toEqual([chunk(lastFence, keptOf(c.state, third))]);
  });
});

describe('a bucket in which machines are missed', () => {
  it('says since when, and records no change', () => {
    const { batches, tally } = merged([chunk(lastFence, a, b)], [b.state]);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.put).toEqual([chunk(lastFence, { ...a, missedSince: third }, b)]);
    expect(batches[0]?.changes).toEqual([]);
    expect(tally).toMatchObject({ stored: 1, machines: 2, missed: 1, changes: noChanges, attention: { Sensor: 1 } });
  });

  it('forgets those that were missed before, and records them as they were', () => {
    const { batches, tally } = merged([chunk(lastFence, missed(a), b)], [b.state]);
    expect(batches[0]?.put).toEqual([chunk(lastFence, b)]);
    expect(batches[0]?.changes).toEqual([{ before: missed(a) }]);
    expect(tally).toMatchObject({ machines: 1, missed: 0, changes: { ...noChanges, vanished: 1 }, attention: {} });
  });

  it('is untouched where the run is incomplete', () => {
    const { batches, tally } = merged([chunk(lastFence, missed(a), b)], [], { countsMisses: false });
    expect(batches).toEqual([]);
    expect(tally).toMatchObject({ stored: 0, machines: 2, missed: 1 });
  });

  it('is written without a record where one is found again', () => {
    const { batches, tally } = merged([chunk(lastFence, missed(a), b)], [a.state, b.state]);
    expect(batches[0]?.put).toEqual([chunk(lastFence, a, b)]);
    expect(batches[0]?.changes).toEqual([]);
    expect(tally).toMatchObject({ missed: 0, changes: noChanges });
  });

  it('loses the chunk in which all have vanished', () => {
    const { batches } = merged([chunk('b', missed(a), missed(b)), chunk(lastFence, c)], [c.state]);
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject({
      put: [],
      remove: ['b'],
      changes: [{ before: missed(a) }, { before: missed(b) }],
    });
  });
});

describe('the first run of all', () => {
  it('keeps machines without a record that they appeared', () => {
    const { batches, tally } = merged([], [a.state, b.state], {
      isFirst: true,
      bucket: { bucket: 0, chunks: [] },
    });
    expect(batches).toEqual([
      {
        head: { run: third, upTo: lastFence, changes: noChanges },
        put: [chunk(lastFence, keptOf(a.state, third), keptOf(b.state, third))],
        remove: [],
        changes: [],
      },
    ]);
    expect(tally).toMatchObject({ stored: 2, machines: 2, changes: noChanges, requireAttention: 1 });
  });
});

describe('a bucket in which the same run has been before', () => {
  const head = { run: third, upTo: 'b', changes: { ...noChanges, changed: 2, vanished: 1 } };
  const chunks = [chunk('b', { ...a, missedSince: second }), chunk(lastFence, c)];

  it('is left as it is up to where that came, and counted on from there', () => {
    const seen = [stateOf('a', { build: 1 }), stateOf('b'), stateOf('c', { build: 1 })];
    const { batches, tally } = merged([], seen, { bucket: { bucket: 0, head, chunks } });
    expect(batches).toHaveLength(1);
    expect(batches[0]?.put.map(({ fence }) => fence)).toEqual([lastFence]);
    expect(batches[0]?.head).toEqual({ run: third, upTo: lastFence, changes: { ...head.changes, changed: 3 } });
    expect(tally).toMatchObject({ stored: 3, machines: 2, missed: 1, changes: { changed: 3, vanished: 1 } });
  });

  it('is only counted where that came to the end', () => {
    const whole = { bucket: 0, head: { ...head, upTo: lastFence }, chunks };
    const { batches, tally } = merged([], [], { bucket: whole });
    expect(batches).toEqual([]);
    expect(tally).toMatchObject({ stored: 0, machines: 2, missed: 1, changes: head.changes });
  });
});
