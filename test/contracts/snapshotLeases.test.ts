import { type Clock, systemClock } from '../../src/clock.ts';
import { readSettings } from '../../src/settings.ts';
import type { HeldLease, Leases } from '../../src/snapshots/lease.ts';
import type { LeaseRows } from '../../src/snapshots/store/leaseRows.ts';
import { memoryLeaseRows, memoryLeases } from '../../src/snapshots/store/memoryLeases.ts';
import { tableLeases } from '../../src/snapshots/store/tableLeases.ts';
import { createTally } from '../../src/snapshots/store/tally.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { isLost, isReset, wire } from '../snapshots/store/support/wire.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { until } from '../support/until.ts';

/** Gives the leases of a process; those of one `UnderTest` share their rows. */
type UnderTest = (owner: string, leaseMs: number, clock?: Clock) => Leases;

const partition = "tenant's/|app";
const tally = createTally();
let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: azurite.connectionString }), name);

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const rows = memoryLeaseRows(systemClock);
      return (owner, leaseMs, clock = systemClock) => memoryLeases({ clock, leaseMs, owner, rows });
    },
  ],
  [
    'in Table storage',
    () => {
      const table = client(`leases${++tables}`);
      return (owner, leaseMs, clock = systemClock) => tableLeases(table, { partition, owner, clock, leaseMs, tally });
    },
  ],
];

/** A process that stands still: it renews nothing. */
const frozen: Clock = {
  ...systemClock,
  sleep: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
};
const long = 60_000;

const taken = async (leases: Leases, name: 'run' | 'prune' = 'run'): Promise<HeldLease> => {
  const held = await leases.take(name);
  if (held === undefined) throw new Error('somebody holds it');
  return held;
};

describe.each(adapters)('a lease %s', (_, create) => {
  it('is held by one at a time', async () => {
    const process = create();
    const mine = await taken(process('mine', long));
    expect(mine.isHeld()).toBe(true);
    expect(await process('theirs', long).take('run')).toBeUndefined();
    expect(await process('mine', long).take('run')).toBeUndefined();
    await mine.release();
  });

  it('is another under another name', async () => {
    const process = create();
    const run = await taken(process('mine', long));
    const prune = await taken(process('theirs', long), 'prune');
    expect([run.isHeld(), prune.isHeld()]).toEqual([true, true]);
    await Promise.all([run.release(), prune.release()]);
  });

  it('can be taken as soon as it is released, under the next epoch', async () => {
    const process = create();
    const epochs: number[] = [];
    for (const owner of ['a', 'b', 'a', 'c']) {
      const held = await taken(process(owner, long));
      epochs.push(held.epoch);
      await held.release();
      expect(held.isHeld()).toBe(false);
    }
    expect(epochs).toEqual([1, 2, 3, 4]);
  });

  it('is taken by one of many who come at once', async () => {
    const process = create();
    const all = await Promise.all(Array.from({ length: 8 }, (__, i) => process(`${i}`, long).take('run')));
    const [held, ...others] = all.filter((each) => each !== undefined);
    expect({ epoch: held?.epoch, others }).toEqual({ epoch: 1, others: [] });
    await held?.release();
    const again = await Promise.all(Array.from({ length: 8 }, (__, i) => process(`${i}`, long).take('run')));
    expect(again.flatMap((each) => each?.epoch ?? [])).toEqual([2]);
    await Promise.all(again.map((each) => each?.release()));
  });

  it('outlasts its time while it is renewed', async () => {
    const process = create();
    const leaseMs = 600;
    const mine = await taken(process('mine', leaseMs));
    const end = systemClock.monotonic() + 4 * leaseMs;
    const theirs = process('theirs', leaseMs);
    await until('four times its time', async () => {
      expect(await theirs.take('run')).toBeUndefined();
      return systemClock.monotonic() > end;
    });
    expect(mine.isHeld()).toBe(true);
    await mine.release();
  });

  it('is free when its holder has not renewed it for its time, and the holder knows it first', async () => {
    const process = create();
    const leaseMs = 1000;
    const since = systemClock.monotonic();
    const mine = await taken(process('mine', leaseMs, frozen));
    const { held, stillMine } = await until('the lease', async () => {
      const stillMine = mine.isHeld();
      const held = await process('theirs', long).take('run');
      return held && { held, stillMine };
    });
    expect(systemClock.monotonic() - since).toBeGreaterThanOrEqual(leaseMs);
    expect({ stillMine, epoch: held.epoch }).toEqual({ stillMine: false, epoch: 2 });
    await mine.release();
    expect(held.isHeld()).toBe(true);
    expect(await process('mine', long).take('run')).toBeUndefined();
    await held.release();
  });
});

describe('a lease in memory', () => {
  const held = async (leaseMs: number) => {
    const clock = fakeClock();
    const rows = memoryLeaseRows(clock);
    const leases = memoryLeases({ clock, leaseMs, rows });
    return { clock, rows, leases, lease: await taken(leases) };
  };

  it('is not held any more after nine tenths of its time, if nobody renews it', async () => {
    const { clock, leases, lease } = await held(1000);
    leases.abandon();
    await clock.advance(899);
    expect(lease.isHeld()).toBe(true);
    await clock.advance(1);
    expect(lease.isHeld()).toBe(false);
    await clock.advance(99);
    expect(await leases.take('run')).toBeUndefined();
    await clock.advance(1);
    expect((await leases.take('run'))?.epoch).toBe(2);
  });

  it('is lost for good once it was not renewed in time, whoever wakes up', async () => {
    const { clock, lease, rows } = await held(1000);
    clock.stall(950);
    expect(lease.isHeld()).toBe(false);
    await clock.advance(1000);
    expect(lease.isHeld()).toBe(false);
    expect((await rows.read('run'))?.ageMs).toBe(1950);
  });

  it('is renewed three times in its time', async () => {
    const { clock, lease, rows } = await held(900);
    const versions: (string | undefined)[] = [];
    for (let i = 0; i < 7; i += 1) {
      await clock.advance(150);
      versions.push((await rows.read('run'))?.version);
    }
    expect(versions).toEqual(['1', '2', '2', '3', '3', '4', '4']);
    expect(lease.isHeld()).toBe(true);
    await lease.release();
  });
});

describe('a lease whose rows take their time to answer', () => {
  /** Rows that write so many milliseconds after they were asked to, one number for each write; at once where there is none. */
  const under = (...delays: number[]) => {
    const clock = fakeClock();
    const { read, write } = memoryLeaseRows(clock);
    const written: boolean[] = [];
    const rows: LeaseRows = {
      read,
      async write(name, row, version) {
        await clock.sleep(delays.shift() ?? 0);
        written.push(row.isHeld);
        return write(name, row, version);
      },
    };
    return { clock, written, leases: memoryLeases({ clock, leaseMs: 900, rows }) };
  };

  it('is held from before it was asked for, not from when that was answered', async () => {
    const { clock, leases } = under(200);
    const taking = taken(leases);
    await clock.advance(200);
    const lease = await taking;
    leases.abandon();
    await clock.advance(609);
    expect(lease.isHeld()).toBe(true);
    await clock.advance(1);
    expect(lease.isHeld()).toBe(false);
  });

  it('is held on from before its renewal was asked for, not from when that was answered', async () => {
    const { clock, leases } = under(0, 200);
    const taking = taken(leases);
    await clock.advance(0);
    const lease = await taking;
    await clock.advance(500);
    leases.abandon();
    await clock.advance(609);
    expect(lease.isHeld()).toBe(true);
    await clock.advance(1);
    expect(lease.isHeld()).toBe(false);
  });

  it('is released only when a renewal that is under way is through, so that none comes after', async () => {
    const { clock, leases, written } = under(0, 200);
    const taking = taken(leases);
    await clock.advance(0);
    const lease = await taking;
    await clock.advance(400);
    let isReleased = false;
    const releasing = lease.release().then(() => {
      isReleased = true;
    });
    await clock.advance(99);
    expect({ isReleased, isHeld: lease.isHeld() }).toEqual({ isReleased: false, isHeld: false });
    await clock.advance(1);
    await releasing;
    expect(written).toEqual([true, true, false]);
  });
});

describe('a lease whose rows do not always answer', () => {
  /** Rows whose next writes fail as said. */
  const failing = (rows: LeaseRows) => {
    const script: ('lost' | 'reset')[] = [];
    const failingRows: LeaseRows = {
      read: rows.read,
      async write(name, row, version) {
        const fate = script.shift();
        if (fate !== 'reset') {
          const written = await rows.write(name, row, version);
          if (fate === undefined) return written;
        }
        throw new Error(fate);
      },
    };
    return { rows: failingRows, next: (...fates: ('lost' | 'reset')[]) => script.push(...fates) };
  };
  const under = () => {
    const clock = fakeClock();
    const { rows, next } = failing(memoryLeaseRows(clock));
    return { clock, next, leases: memoryLeases({ clock, leaseMs: 900, rows }), rows };
  };

  it('is taken where the answer is lost, and not where the request was', async () => {
    const { leases, next } = under();
    next('reset', 'lost');
    expect(await leases.take('run')).toBeUndefined();
    expect((await taken(leases)).epoch).toBe(1);
  });

  it('is not taken where the same process took it meanwhile', async () => {
    const { leases, next } = under();
    next('reset');
    const [first, second] = await Promise.all([leases.take('run'), leases.take('run')]);
    expect([first, second?.isHeld()]).toEqual([undefined, true]);
  });

  it('stays held over a renewal or two that failed', async () => {
    const { leases, next, clock } = under();
    const lease = await taken(leases);
    next('lost', 'reset');
    await clock.advance(2000);
    expect(lease.isHeld()).toBe(true);
    expect(await leases.take('run')).toBeUndefined();
  });

  it('is not held any more when no renewal comes through', async () => {
    const { leases, next, clock } = under();
    const lease = await taken(leases);
    next(...Array.from({ length: 20 }, () => 'reset' as const));
    await clock.advance(809);
    expect(lease.isHeld()).toBe(true);
    await clock.advance(1);
    expect(lease.isHeld()).toBe(false);
  });

  it('is not held any more when the row is somebody else’s', async () => {
    const { leases, clock, rows } = under();
    const lease = await taken(leases);
    const found = await rows.read('run');
    if (found) await rows.write('run', { ...found.row, epoch: 2, token: 'theirs' }, found.version);
    await clock.advance(300);
    expect(lease.isHeld()).toBe(false);
    await lease.release();
    expect((await rows.read('run'))?.row).toMatchObject({ token: 'theirs', isHeld: true });
  });

  it('is free at once though the release was not heard of, or came at the second try', async () => {
    const { leases, next } = under();
    for (const fate of ['lost', 'reset'] as const) {
      const lease = await taken(leases);
      next(fate);
      await lease.release();
    }
    expect((await taken(leases)).epoch).toBe(3);
  });

  it('ends by itself where the store is away', async () => {
    const { leases, next, clock } = under();
    const lease = await taken(leases);
    next('reset', 'reset', 'reset');
    await lease.release();
    expect(lease.isHeld()).toBe(false);
    expect(await leases.take('run')).toBeUndefined();
    await clock.advance(900);
    expect((await taken(leases)).epoch).toBe(2);
  });
});

describe('a lease in Table storage', () => {
  const under = () => {
    const counted = createTally();
    const between = wire(client(`leases${++tables}`));
    const options = { partition, owner: 'mine', clock: systemClock, leaseMs: long, tally: counted };
    return { ...between, counted, leases: tableLeases(between.table, options) };
  };

  it('is taken though the answer was lost', async () => {
    const { leases, next } = under();
    const prune = await taken(leases, 'prune');
    next((send) => send(), isLost);
    const run = await taken(leases);
    expect(run.isHeld()).toBe(true);
    next(isReset);
    await Promise.all([run.release(), prune.release()]);
    expect((await taken(leases)).epoch).toBe(2);
  });

  it('takes two transactions to take and one to release', async () => {
    const { leases, counted } = under();
    await (await taken(leases)).release();
    const before = counted.tables;
    await (await taken(leases)).release();
    expect(counted.tables - before).toBe(3);
  });

  it('is lost where its row is removed', async () => {
    const { leases, table } = under();
    const lease = await taken(leases);
    const opened = await table();
    for await (const { partitionKey = '', rowKey = '' } of opened.listEntities()) {
      await opened.deleteEntity(partitionKey, rowKey);
    }
    await lease.release();
    expect((await taken(leases)).epoch).toBe(1);
  });
});
