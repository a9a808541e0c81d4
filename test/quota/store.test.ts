import { type Ledger, LostAnswer, type Version } from '../../src/quota/ledger.ts';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { memoryLedger } from '../../src/quota/memoryLedger.ts';
import { createServerClock } from '../../src/quota/serverClock.ts';
import { createStore } from '../../src/quota/store.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { rowOf } from './support/ledgerRows.ts';

/** What becomes of a write, one after the other; then all is well. */
type Fate = 'lost on the way there' | 'lost on the way back' | 'well';

const setUp = (fates: readonly Fate[] = [], afterwards: (ledger: Ledger) => Promise<unknown> = async () => {}) => {
  const clock = fakeClock();
  const kept = memoryLedger(clock);
  const left = [...fates];
  const ledger: Ledger = {
    ...kept,
    async swap(from, next) {
      const fate = left.shift() ?? 'well';
      if (fate === 'lost on the way there') {
        await afterwards(kept);
        throw new LostAnswer('lost');
      }
      const swap = await kept.swap(from, next);
      if (fate === 'well') return swap;
      await afterwards(kept);
      throw new LostAnswer('lost');
    },
  };
  const store = createStore(ledger, clock, createServerClock(clock));
  return { clock, kept, ledger, store };
};

const written = (seq: number, ...writers: readonly string[]): LedgerRow => ({ ...rowOf('20/6'), seq, writers });
const ours = written(1, 'me.1');

/** Others write so often on what they find; the ledger remembers the last two writers. */
const othersWrite = (times: number) => async (ledger: Ledger) => {
  for (let i = 1; i <= times; i++) {
    const version: Version | undefined = await ledger.read();
    const writers = [...(version?.row.writers ?? []), `other.${i}`].slice(-2);
    await ledger.swap(version, { ...ours, seq: (version?.row.seq ?? 0) + 1, writers });
  }
};

describe('a write to the store', () => {
  it('is counted, and tells the time', async () => {
    const { store } = setUp();
    expect(await store.write(undefined, ours)).toMatchObject({ kind: 'written', version: { row: ours } });
    expect(store.transactions).toEqual({ reads: 0, writes: 1, stamps: 0, conflicts: 0, ambiguous: 0, settled: 0 });
    await store.learnTime();
    expect(store.transactions.stamps).toBe(0);
  });

  it('is overtaken where somebody wrote since, which is a conflict and nothing else', async () => {
    const { store, kept } = setUp();
    await othersWrite(1)(kept);
    expect(await store.write(undefined, ours)).toEqual({ kind: 'overtaken' });
    expect(store.transactions).toMatchObject({ reads: 0, writes: 1, conflicts: 1, ambiguous: 0, settled: 0 });
  });

  it('is made again where its answer was lost and it had not arrived', async () => {
    const { store, kept } = setUp(['lost on the way there']);
    expect(await store.write(undefined, ours)).toMatchObject({ kind: 'written' });
    expect((await kept.read())?.row.seq).toBe(1);
    expect(store.transactions).toMatchObject({ reads: 0, writes: 2, conflicts: 0, ambiguous: 1, settled: 1 });
  });

  it('is found by its writer where its answer was lost and it had arrived', async () => {
    const { store } = setUp(['lost on the way back']);
    expect(await store.write(undefined, ours)).toMatchObject({
      kind: 'written',
      version: { row: { seq: 1, writers: ['me.1'] } },
    });
    expect(store.transactions).toMatchObject({ reads: 1, writes: 2, conflicts: 0, ambiguous: 1, settled: 1 });
  });

  it('is found where others have written on it since, and their version is what it tells', async () => {
    const { store } = setUp(['lost on the way back'], othersWrite(1));
    expect(await store.write(undefined, ours)).toMatchObject({
      kind: 'written',
      version: { row: { seq: 2, writers: ['me.1', 'other.1'] } },
    });
  });

  it('is known to be overtaken where its answer was lost and somebody else wrote', async () => {
    const { store } = setUp(['lost on the way there'], othersWrite(2));
    expect(await store.write(undefined, ours)).toEqual({ kind: 'overtaken' });
    expect(store.transactions).toMatchObject({ reads: 1, conflicts: 1, ambiguous: 1, settled: 1 });
  });

  it('is known to be overtaken where the ledger was begun anew, or is gone', async () => {
    const begun = setUp(['lost on the way back'], async (ledger) => {
      await ledger.swap(await ledger.read(), { ...ours, epoch: 'second' });
    });
    expect(await begun.store.write(undefined, ours)).toEqual({ kind: 'overtaken' });
    const first = setUp();
    await first.store.write(undefined, ours);
    const version = await first.kept.read();
    first.kept.remove();
    expect(await first.store.write(version, written(2, 'me.1', 'me.2'))).toEqual({ kind: 'overtaken' });
  });

  it('stays unknown where others have written more often since than the ledger remembers', async () => {
    const { store } = setUp(['lost on the way back'], othersWrite(2));
    await expect(store.write(undefined, ours)).rejects.toThrow(LostAnswer);
    expect(store.transactions).toMatchObject({ ambiguous: 1, settled: 0 });
  });

  it('stays unknown where three answers were lost', async () => {
    const { store, kept } = setUp(Array(3).fill('lost on the way there'));
    await expect(store.write(undefined, ours)).rejects.toThrow('lost');
    expect(store.transactions).toMatchObject({ writes: 3, ambiguous: 1, settled: 0 });
    expect(await kept.read()).toBeUndefined();
  });

  it('is not made again where the store refuses it', async () => {
    const { clock, ledger } = setUp();
    const refusing = { ...ledger, swap: () => Promise.reject(new Error('403')) };
    const store = createStore(refusing, clock, createServerClock(clock));
    await expect(store.write(undefined, ours)).rejects.toThrow('403');
    expect(store.transactions).toMatchObject({ writes: 1, ambiguous: 0 });
  });

  it('tells how long writes take of late', async () => {
    const { clock, ledger } = setUp();
    const slow = {
      ...ledger,
      swap: (...args: Parameters<Ledger['swap']>) => clock.sleep(80).then(() => ledger.swap(...args)),
    };
    const store = createStore(slow, clock, createServerClock(clock));
    const tells: number[] = [];
    let version: Version | undefined;
    for (let i = 1; i <= 3; i++) {
      const write = store.write(version, written(i, `me.${i}`));
      await clock.advance(80);
      const swap = await write;
      version = swap.kind === 'written' ? swap.version : undefined;
      tells.push(store.writeTakesMs);
    }
    expect(tells).toEqual([20, 35, 46.25]);
  });
});

describe('a store that does not answer', () => {
  it('is given up after two and a half seconds', async () => {
    const { clock, ledger } = setUp();
    const silent = { ...ledger, read: () => new Promise<undefined>(() => {}) };
    const store = createStore(silent, clock, createServerClock(clock));
    const asked = store.read().catch((fault: unknown) => fault);
    await clock.advance(2499);
    const early = await Promise.race([asked, Promise.resolve('waits')]);
    await clock.advance(1);
    expect(early).toBe('waits');
    expect(await asked).toBeInstanceOf(LostAnswer);
  });
});

describe('the time of the store', () => {
  it('is asked for once, and again when the machine was frozen', async () => {
    const { clock, store } = setUp();
    await store.learnTime();
    await store.learnTime();
    expect(store.transactions.stamps).toBe(1);
    clock.freeze(60_000);
    await store.learnTime();
    expect(store.transactions.stamps).toBe(2);
  });

  it('stays unknown where the machine is frozen while it asks', async () => {
    const { clock, ledger } = setUp();
    const stamp = () => {
      clock.freeze(3000);
      return ledger.stamp();
    };
    const store = createStore({ ...ledger, stamp }, clock, createServerClock(clock));
    await expect(store.learnTime()).rejects.toThrow('stood still');
  });
});
