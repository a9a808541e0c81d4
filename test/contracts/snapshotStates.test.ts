import * as fc from 'fast-check';
import { readSettings } from '../../src/settings.ts';
import type { KeptState } from '../../src/snapshots/keptState.ts';
import { lastFence, type StateStore } from '../../src/snapshots/stateStore.ts';
import { memoryStates } from '../../src/snapshots/store/memoryStates.ts';
import { tableStates } from '../../src/snapshots/store/tableStates.ts';
import { createTally } from '../../src/snapshots/store/tally.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { anyKept } from '../snapshots/store/states.ts';
import { batch, changeOf, chunk, fencesOf, head, kept, only, runs } from '../snapshots/store/support/batches.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

interface UnderTest {
  readonly states: StateStore;
  /** Another process's view of the same states. */
  readonly other: StateStore;
}

const partition = "tenant's/|app";
let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: azurite.connectionString }), name);
const tally = createTally();

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const states = memoryStates();
      return { states, other: states };
    },
  ],
  [
    'in Table storage',
    () => {
      const name = `states${++tables}`;
      const view = () => tableStates(client(name), { partition, tally });
      return { states: view(), other: view() };
    },
  ],
];

describe.each(adapters)('the store of states, %s', (_, create) => {
  it('has all buckets, in order, before anything is in them', async () => {
    const { states } = create();
    expect(await states.read(2, 5)).toEqual([2, 3, 4].map((bucket) => ({ bucket, chunks: [] })));
    expect(await states.read(3, 3)).toEqual([]);
    expect(await states.chunkOf(0, 'a')).toBeUndefined();
    expect(await states.changes(0, {})).toEqual([]);
    expect(await states.forget(0, runs[0])).toBe(0);
  });

  it('gives every process back what was written', async () => {
    const { states, other } = create();
    const chunks = [chunk('0b', '0a', '0b'), chunk(lastFence, '0c')];
    const version = await states.write(0, batch({ put: chunks, head: head('0c', runs[0], 3) }));
    expect(await other.read(0, 1)).toEqual([{ bucket: 0, head: head('0c', runs[0], 3), version, chunks }]);
  });

  it('gives buckets apart and in order, however many are asked for at once', async () => {
    const { states } = create();
    const written = [0, 9, 10, 15, 16, 63];
    for (const bucket of written) await states.write(bucket, batch({ put: [chunk(lastFence, `${bucket}`)] }));
    const read = await states.read(9, 63);
    expect(read.map(({ bucket }) => bucket)).toEqual(Array.from({ length: 54 }, (__, i) => i + 9));
    expect(read.filter(({ head: found }) => found).map(({ chunks }) => chunks[0]?.machines[0]?.state.id)).toEqual([
      '9',
      '10',
      '15',
      '16',
    ]);
    expect((await states.read(9, 11)).map(({ chunks }) => chunks.length)).toEqual([1, 1]);
  });

  it('writes nothing of a batch for an older head, and says who was overtaken', async () => {
    const { states, other } = create();
    const first = await states.write(0, batch({ put: [chunk(lastFence, 'a')] }));
    const second = await other.write(0, batch({ version: first, head: head('b') }));
    const late = batch({ head: head('c'), put: [chunk(lastFence, 'x')], changes: [changeOf('x', runs[0])] });
    await expect(states.write(0, { ...late, version: first })).rejects.toThrow(Overtaken);
    await expect(states.write(0, { ...late, version: undefined })).rejects.toThrow(Overtaken);
    expect(await only(states)).toMatchObject({
      head: { upTo: 'b' },
      version: second,
      chunks: [chunk(lastFence, 'a')],
    });
    expect(await states.changes(0, {})).toEqual([]);
  });

  it('says so where the head that was read is there no more', async () => {
    const { states } = create();
    const version = await states.write(0, batch());
    await expect(states.write(1, batch({ version, put: [chunk(lastFence, 'a')] }))).rejects.toThrow(Overtaken);
    await expect(states.write(1, batch({ version, remove: ['a'] }))).rejects.toThrow(Overtaken);
    expect(await only(states, 1)).toEqual({ bucket: 1, chunks: [] });
  });

  it('puts chunks in place of those with the same fence, and removes others', async () => {
    const { states } = create();
    const put = [chunk('b', 'a'), chunk('d', 'c'), chunk(lastFence, 'e')];
    const version = await states.write(0, batch({ put }));
    await states.write(0, batch({ version, put: [chunk('d', 'cc')], remove: ['b'] }));
    expect((await only(states))?.chunks).toEqual([chunk('d', 'cc'), chunk(lastFence, 'e')]);
  });

  it('takes a chunk that is gone already for removed', async () => {
    const { states } = create();
    const version = await states.write(0, batch({ put: [chunk('b', 'a'), chunk('d', 'c')] }));
    await states.write(0, batch({ version, put: [chunk(lastFence, 'e')], remove: ['b', 'nothing', 'd'] }));
    expect(await fencesOf(states)).toEqual([lastFence]);
  });

  it('finds the chunk of an id, the fence among them', async () => {
    const { states } = create();
    await states.write(0, batch({ put: [chunk('b', 'a'), chunk('d', 'c')] }));
    const fenceOf = async (id: string) => (await states.chunkOf(0, id))?.fence;
    expect(await Promise.all(['', 'a', 'b', 'b0', 'd', 'da'].map(fenceOf))).toEqual([
      'b',
      'b',
      'b',
      'd',
      'd',
      undefined,
    ]);
  });

  it('takes ids of any characters, in the order of their texts', async () => {
    const { states } = create();
    const ids = ['', '#', 'A/b', 'a', 'a b', 'a\u0000', 'ä?', '~', '~x', '😀', '\uffff'].sort();
    const put = [...ids.map((id) => chunk(id, id)), chunk(lastFence, '\uffff\uffff')];
    const distinct = put.filter(({ fence }, i) => put.findLastIndex((other) => other.fence === fence) === i);
    await states.write(0, batch({ put: distinct }));
    const others = ids.filter((id) => id !== lastFence);
    expect(await fencesOf(states)).toEqual([...others, lastFence]);
    const found = await Promise.all(others.map((id) => states.chunkOf(0, id)));
    expect(found.map((each) => each?.fence)).toEqual(others);
  });

  it('leaves out what is not in its chunk’s range any more', async () => {
    const { states } = create();
    const put = [chunk('b', 'a', 'b'), chunk('d', 'c'), chunk(lastFence, 'a', 'b', 'c', 'd', 'e')];
    await states.write(0, batch({ put }));
    expect((await only(states))?.chunks).toEqual([chunk('b', 'a', 'b'), chunk('d', 'c'), chunk(lastFence, 'e')]);
    await states.write(1, batch({ put: [chunk('b', 'a', 'b'), chunk(lastFence, 'b', 'c')] }));
    expect((await only(states, 1))?.chunks).toEqual([chunk('b', 'a', 'b'), chunk(lastFence, 'c')]);
  });

  it('keeps the changes of each run, newest first, whatever their number', async () => {
    const { states, other } = create();
    const long = 'v'.repeat(3000);
    const changes = runs.map((run) =>
      Array.from({ length: 25 }, (__, i) => changeOf(`${i}`.padStart(3, '0'), run, long)),
    );
    let version: string | undefined;
    for (const [i, run] of runs.entries()) {
      version = await states.write(
        0,
        batch({ version, head: head('a', run), changes: changes[i]?.slice(0, 20) ?? [] }),
      );
      version = await states.write(0, batch({ version, head: head('b', run), changes: changes[i]?.slice(20) ?? [] }));
    }
    const all = runs.map((run, i) => ({ run, changes: changes[i] })).reverse();
    expect(await other.changes(0, {})).toEqual(all);
    expect(await other.changes(0, { after: runs[0] })).toEqual(all.slice(0, 2));
    expect(await other.changes(0, { upTo: runs[1] })).toEqual(all.slice(1));
    expect(await other.changes(0, { after: runs[0], upTo: runs[1] })).toEqual(all.slice(1, 2));
    expect(await other.changes(0, { after: runs[2] })).toEqual([]);
    expect(await other.changes(1, {})).toEqual([]);
  });

  it('keeps a change that only begins, or only ends', async () => {
    const { states } = create();
    const changes = [{ after: kept('a') }, { before: { ...kept('b'), missedSince: runs[0] } }];
    await states.write(0, batch({ changes }));
    expect(await states.changes(0, {})).toEqual([{ run: runs[0], changes }]);
  });

  it('forgets the changes up to a run, of one bucket, and nothing else', async () => {
    const { states } = create();
    for (const bucket of [0, 1]) {
      let version: string | undefined;
      for (const run of runs) {
        const put = [chunk(lastFence, 'a')];
        version = await states.write(
          bucket,
          batch({ version, head: head('a', run), put, changes: [changeOf('a', run)] }),
        );
      }
    }
    expect(await states.forget(0, runs[1])).toBe(2);
    expect((await states.changes(0, {})).map(({ run }) => run)).toEqual([runs[2]]);
    expect((await states.changes(1, {})).map(({ run }) => run)).toEqual([...runs].reverse());
    expect((await only(states))?.chunks).toEqual([chunk(lastFence, 'a')]);
    expect(await states.forget(0, runs[1])).toBe(0);
  });

  it('takes a hundred rows in a batch, and refuses more without writing any', async () => {
    const { states } = create();
    const put = Array.from({ length: 98 }, (__, i) => chunk(`${i}`.padStart(3, '0'), `${i}`.padStart(3, '0')));
    const full = batch({ put, changes: [changeOf('a', runs[0])] });
    await expect(states.write(0, { ...full, put: [...put, chunk(lastFence)] })).rejects.toThrow(
      'A batch of 101 rows; a transaction holds 100',
    );
    expect(await only(states)).toEqual({ bucket: 0, chunks: [] });
    await states.write(0, full);
    expect(await fencesOf(states)).toHaveLength(98);
  });

  it('forgets more than a transaction holds', async () => {
    const { states } = create();
    let version: string | undefined;
    for (const [i, upTo] of ['a', 'b'].entries()) {
      const changes = Array.from({ length: 60 }, (__, j) => changeOf(`${i}${j + 10}`, runs[0], 'v'.repeat(29_000)));
      version = await states.write(0, batch({ version, head: head(upTo), changes }));
    }
    expect(await states.forget(0, runs[0])).toBe(120);
    expect(await states.changes(0, {})).toEqual([]);
  });

  it('holds nothing that whoever wrote or read it can change', async () => {
    const { states } = create();
    const machines = [kept('a')];
    await states.write(0, batch({ put: [{ fence: lastFence, machines }] }));
    machines.push(kept('b'));
    const read = (await only(states))?.chunks[0]?.machines as KeptState[];
    read.push(kept('c'));
    expect((await only(states))?.chunks).toEqual([chunk(lastFence, 'a')]);
  });

  it('gives back any state to the letter', async () => {
    const { states } = create();
    const some = fc.uniqueArray(anyKept, { selector: ({ state }) => state.id, minLength: 1, maxLength: 30 });
    let bucket = 0;
    await fc.assert(
      fc.asyncProperty(some, async (machines) => {
        const sorted = [...machines].sort((a, b) => (a.state.id < b.state.id ? -1 : 1));
        const put = [{ fence: lastFence, machines: sorted }];
        const changes = sorted.map((after) => ({ after }));
        await states.write(++bucket, batch({ put, changes }));
        expect((await only(states, bucket))?.chunks).toEqual(put);
        expect((await states.changes(bucket, {}))[0]?.changes).toEqual(changes);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the store of states, in memory', () => {
  it('lets a test stop at each write, before and after it', async () => {
    const told: string[] = [];
    const states = memoryStates({
      beforeWrite: (what) => told.push(`before ${what}`),
      afterWrite: (what) => {
        told.push(`after ${what}`);
        if (told.length === 4) throw new Error('killed');
      },
    });
    const version = await states.write(0, batch({ changes: [changeOf('a', runs[0])] }));
    await expect(states.write(0, batch({ version, head: head('b') }))).rejects.toThrow('killed');
    expect((await only(states))?.head).toEqual(head('b'));
    await states.forget(0, runs[0]);
    expect(told).toEqual([
      'before batch',
      'after batch',
      'before batch',
      'after batch',
      'before forget',
      'after forget',
    ]);
  });
});
