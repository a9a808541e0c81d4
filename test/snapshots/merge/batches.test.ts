import type { MergeInput } from '../../../src/snapshots/merge/merge.ts';
import { mergeBucket } from '../../../src/snapshots/merge/mergeBucket.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import { type Bucket, type Chunk, lastFence } from '../../../src/snapshots/stateStore.ts';
import { hourlyRun, keptOf, stateOf } from '../support/states.ts';

const [first, second] = [hourlyRun(0), hourlyRun(1)];

/** Machines 0000, 0010, … : there is room for others between them. */
const fleet = (machines: number, other: Partial<SecurityState> = {}): readonly SecurityState[] =>
  Array.from({ length: machines }, (_, at) => stateOf((at * 16).toString(16).padStart(5, '0'), other));

const merged = (chunks: readonly Chunk[], seen: readonly SecurityState[], other: Partial<MergeInput> = {}) =>
  mergeBucket({
    run: second,
    bucket: { bucket: 0, chunks },
    seen,
    countsMisses: true,
    isFirst: chunks.length === 0,
    mostEntities: 100,
    ...other,
  }).batches;

const keptChunk = (fence: string, states: readonly SecurityState[]): Chunk => ({
  fence,
  machines: states.map((state) => keptOf(state, first)),
});

const idsIn = ({ machines }: Chunk): readonly string[] => machines.map(({ state }) => state.id);
const sizesIn = (chunks: readonly Chunk[]): readonly number[] => chunks.map(({ machines }) => machines.length);

describe('the chunks that a bucket is put back in', () => {
  it('are of sixteen machines on the first run, each known by its last id, the last by none', () => {
    const seen = fleet(40);
    const [batch] = merged([], seen);
    expect(sizesIn(batch?.put ?? [])).toEqual([16, 16, 8]);
    expect(batch?.put.map(({ fence }) => fence)).toEqual([seen[15]?.id, seen[31]?.id, lastFence]);
    expect(batch?.put.flatMap(idsIn)).toEqual(seen.map(({ id }) => id));
  });

  it('grow to thirty-two machines before they are cut up', () => {
    const kept = keptChunk(lastFence, fleet(16));
    expect(sizesIn(merged([kept], fleet(32))[0]?.put ?? [])).toEqual([32]);
    expect(sizesIn(merged([kept], fleet(33))[0]?.put ?? [])).toEqual([16, 16, 1]);
  });

  it('keep their fence in the last of the pieces, and leave other chunks alone', () => {
    const all = fleet(70);
    const chunks = [keptChunk('00300', all.slice(0, 16)), keptChunk(lastFence, all.slice(60))];
    const [batch] = merged(chunks, [...all.slice(0, 40), ...all.slice(60)]);
    expect(batch?.put.map(({ fence }) => fence)).toEqual([all[15]?.id, all[31]?.id, '00300']);
  });
});

describe('batches', () => {
  it('hold 100 entities at most, the head is one of them', () => {
    const batches = merged([], fleet(16 * 250));
    expect(batches.map(({ put }) => put.length)).toEqual([99, 99, 52]);
    expect(batches.map(({ head }) => head.upTo)).toEqual([
      batches[0]?.put.at(-1)?.fence,
      batches[1]?.put.at(-1)?.fence,
      lastFence,
    ]);
  });

  it('hold the changes of their own machines: one in each of 150 chunks takes two batches', () => {
    const states = fleet(16 * 150);
    const chunks = Array.from({ length: 150 }, (_, at) => {
      const some = states.slice(at * 16, at * 16 + 16);
      return keptChunk(at === 149 ? lastFence : (some.at(-1)?.id ?? ''), some);
    });
    const seen = states.map((state, at) => (at % 16 === 3 ? { ...state, build: 19045 } : state));
    const batches = merged(chunks, seen);
    expect(batches.map(({ put, changes }) => [put.length, changes.length])).toEqual([
      [98, 98],
      [52, 52],
    ]);
    expect(batches.map(({ head }) => head.changes.changed)).toEqual([98, 150]);
  });

  it('stay well under 4 MiB, however long the names of properties are', () => {
    const propertiesRequireAttention = ['A', 'B', 'C'].map((letter) => letter.repeat(2000));
    const batches = merged([], fleet(16 * 99, { propertiesRequireAttention }));
    const characters = batches.map(({ put }) => JSON.stringify(put).length);
    expect(batches.length).toBeGreaterThan(1);
    expect(Math.max(...characters)).toBeLessThan(3 * 1024 * 1024);
    expect(batches.flatMap(({ put }) => put.flatMap(idsIn))).toHaveLength(16 * 99);
  });
});

describe('a kept chunk that is cut up over several batches', () => {
  const kept = fleet(20);
  const seen = fleet(20).flatMap((state) => [state, ...others(state)]);
  const bucket: Bucket = { bucket: 0, chunks: [keptChunk(lastFence, kept)] };
  const batches = merged(bucket.chunks, seen, { mostEntities: 4 });

  it('is cut down, as it was kept, to what the pieces before do not hold', () => {
    expect(batches.length).toBeGreaterThan(2);
    for (const { head, put, changes } of batches.slice(0, -1)) {
      const rest = put.find(({ fence }) => fence === lastFence);
      expect(rest?.machines).toEqual(bucket.chunks[0]?.machines.filter(({ state }) => state.id > head.upTo));
      expect(changes.every(({ after }) => (after?.state.id ?? '') <= head.upTo)).toBe(true);
    }
  });

  it('holds what is new in the end', () => {
    const pieces = new Map(batches.flatMap(({ put }) => put.map((piece) => [piece.fence, piece])));
    expect([...pieces.values()].flatMap(idsIn).sort()).toEqual(seen.map(({ id }) => id));
    expect(batches.at(-1)?.put.at(-1)?.fence).toBe(lastFence);
  });
});

/** Three machines next to another. */
function others({ id }: SecurityState): readonly SecurityState[] {
  return [1, 2, 3].map((at) => stateOf((Number.parseInt(id, 16) + at).toString(16).padStart(5, '0')));
}
