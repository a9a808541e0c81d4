import type { Gate } from '../../src/quota/gate.ts';
import { timingFor } from '../../src/quota/guard.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { memoryLedger } from '../../src/quota/memoryLedger.ts';
import { memorySpend } from '../../src/quota/memorySpend.ts';
import { createQuotas } from '../../src/quota/quotas.ts';
import { hourOf, type SpendRow, type SpendStore } from '../../src/quota/spend.ts';
import { createTraffic } from '../../src/quota/traffic.ts';
import { type FakeClock, fakeClock } from '../support/fakeClock.ts';
import { quietLog } from '../support/quietLog.ts';
import { recordedLog } from '../support/recordedLog.ts';

const minuteMs = 60_000;
const call = (caller: string, priority: 'interactive' | 'background' = 'interactive') => ({
  quota: 'listMachines',
  caller,
  priority,
});

/** A store that notes when it was asked for what, and fails while it is told to. */
const watched = (store: SpendStore, clock: FakeClock) => {
  const asked: { verb: string; at: number }[] = [];
  let isDown = false;
  const noted =
    <A extends unknown[], T>(verb: string, ask: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      asked.push({ verb, at: clock.monotonic() });
      if (isDown) throw new Error('the store is down');
      return ask(...args);
    };
  return {
    store: { read: noted('read', store.read), save: noted('save', store.save), dead: noted('dead', store.dead) },
    asked,
    down(is: boolean) {
      isDown = is;
    },
  };
};

const setUp = (clock = fakeClock(), rows = memorySpend(clock), owner = 'me') => {
  const log = recordedLog();
  const limits = parseLimits('100/60,1500/3600');
  const quotas = createQuotas({
    scope: 'route',
    limits,
    timing: timingFor,
    newLedger: 'unused',
    ledger: () => memoryLedger(clock),
    concurrency: 10,
    clock,
    log: quietLog,
  });
  const { gate } = quotas.of({ name: 'listMachines' });
  const watch = watched(rows, clock);
  const traffic = createTraffic({ store: watch.store, quotas: quotas.all, owner, clock, log });
  return { clock, rows, log, gate, traffic, ...watch };
};
const pass = async (gate: Gate, clock: FakeClock) => {
  const passing = gate.pass({ waitMs: 1000, priority: 'interactive' }, async () => ({ value: 'sent' }));
  await clock.advance(100);
  return passing;
};
const savedCalls = async (store: SpendStore, now: number) => {
  const { rows } = await store.read(0);
  return hourOf(
    rows.flatMap(({ spent }: SpendRow) => spent),
    'listMachines',
    now,
  ).byCaller;
};

describe('what a process spends', () => {
  it('is written soon after the first call, with the calls that came together', async () => {
    const { clock, rows, traffic, asked } = setUp();
    traffic.sent(call('key-1'));
    traffic.sent(call('key-1'));
    traffic.sent(call('key-2', 'background'));
    expect(asked).toEqual([]);
    await clock.advance(1000);
    expect(asked.map(({ verb }) => verb)).toEqual(['save']);
    expect(await savedCalls(rows, clock.wall())).toEqual({ 'key-1': { interactive: 2 }, 'key-2': { background: 1 } });
  });

  it('costs one transaction a minute at most, and is whole a minute or two after the last call', async () => {
    const { clock, rows, traffic, asked } = setUp();
    for (let i = 0; i < 120; i++) {
      traffic.sent(call('key-1'));
      await clock.advance(5000);
    }
    await clock.advance(2 * minuteMs);
    asked.forEach(({ at }, i) => {
      if (i > 0) expect(at - (asked[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(minuteMs);
    });
    expect(asked.length).toBeGreaterThanOrEqual(10);
    expect(await savedCalls(rows, clock.wall())).toEqual({ 'key-1': { interactive: 120 } });
  });

  it('asks nothing of the store once all is written', async () => {
    const { clock, traffic, asked } = setUp();
    traffic.sent(call('key-1'));
    await clock.advance(3 * minuteMs);
    const before = asked.length;
    await clock.advance(120 * minuteMs);
    expect(asked).toHaveLength(before);
  });

  it('is kept while the store is down, told once a minute, and written whole when it is back', async () => {
    const { clock, rows, traffic, log, down } = setUp();
    down(true);
    traffic.sent(call('key-1'));
    await clock.advance(5 * minuteMs);
    traffic.sent(call('key-2'));
    const warnings = () => log.lines.filter(({ level }) => level === 'warn').length;
    expect(warnings()).toBe(5);
    expect(await savedCalls(rows, clock.wall())).toEqual({});
    down(false);
    await clock.advance(2 * minuteMs);
    expect(warnings()).toBe(5);
    expect(await savedCalls(rows, clock.wall())).toEqual({ 'key-1': { interactive: 1 }, 'key-2': { interactive: 1 } });
  });

  it('counts what the ledger was asked for', async () => {
    const { clock, rows, traffic, gate } = setUp();
    for (let i = 0; i < 3; i++) {
      await pass(gate, clock);
      traffic.sent(call('key-1'));
    }
    await clock.advance(minuteMs);
    const { reads, writes, stamps } = gate.transactions;
    const { rows: saved } = await rows.read(0);
    const hour = hourOf(
      saved.flatMap(({ spent }) => spent),
      'listMachines',
      clock.wall(),
    );
    expect(hour.ledgerTransactions).toBeGreaterThanOrEqual(3);
    expect(hour.ledgerTransactions).toBe(reads + writes + stamps);
  });

  it('is written at the end, without waiting for the minute', async () => {
    const { clock, rows, traffic, asked } = setUp();
    traffic.sent(call('key-1'));
    await clock.advance(2000);
    traffic.sent(call('key-2'));
    await traffic.close();
    expect(await savedCalls(rows, clock.wall())).toEqual({ 'key-1': { interactive: 1 }, 'key-2': { interactive: 1 } });
    const before = asked.length;
    await clock.advance(5 * minuteMs);
    expect(asked).toHaveLength(before);
  });

  it('loses no call that is made while a row is being written', async () => {
    const clock = fakeClock();
    const rows = memorySpend(clock);
    let traffic: ReturnType<typeof setUp>['traffic'] | undefined;
    const meddling: SpendStore = {
      ...rows,
      async save(row, dead) {
        if ((await rows.read(0)).rows.length === 0) traffic?.sent(call('late'));
        return rows.save(row, dead);
      },
    };
    traffic = createTraffic({ store: meddling, quotas: () => [], owner: 'me', clock, log: quietLog });
    traffic.sent(call('key-1'));
    await clock.advance(3 * minuteMs);
    expect(Object.keys(await savedCalls(rows, clock.wall()))).toEqual(['key-1', 'late']);
  });
});

describe('the hour of all processes', () => {
  it('is everybody’s last row, and one’s own as it now is', async () => {
    const clock = fakeClock();
    const rows = memorySpend(clock);
    const [one, other] = [setUp(clock, rows, 'one'), setUp(clock, rows, 'other')];
    one.traffic.sent(call('key-1'));
    await clock.advance(1000);
    one.traffic.sent(call('key-2'));
    other.traffic.sent(call('key-3'));
    const spentIn = async ({ traffic }: typeof one) => {
      const { rows: all } = await traffic.lastHour();
      return Object.keys(
        hourOf(
          all.flatMap(({ spent }) => spent),
          'listMachines',
          clock.wall(),
        ).byCaller,
      ).sort();
    };
    expect(await spentIn(other)).toEqual(['key-1', 'key-3']);
    expect(await spentIn(one)).toEqual(['key-1', 'key-2']);
    await clock.advance(2 * minuteMs);
    expect(await spentIn(one)).toEqual(['key-1', 'key-2', 'key-3']);
  });

  it('is cleared of the rows of dead processes by those that live', async () => {
    const clock = fakeClock();
    const rows = memorySpend(clock);
    await rows.save({ owner: 'dead', spent: [] }, []);
    await clock.advance(66 * minuteMs);
    const { traffic, asked } = setUp(clock, rows);
    traffic.sent(call('key-1'));
    await clock.advance(1000);
    traffic.sent(call('key-1'));
    await clock.advance(3 * minuteMs);
    expect((await rows.read(0)).rows.map(({ owner }) => owner)).toEqual(['me']);
    expect(asked.map(({ verb }) => verb)).toEqual(['save', 'dead', 'save']);
  });

  it('is not guessed where the store is down', async () => {
    const { traffic, down } = setUp();
    traffic.sent(call('key-1'));
    down(true);
    await expect(traffic.lastHour()).rejects.toThrow('down');
  });
});

describe('the log of traffic', () => {
  it('has a line a minute for each quota that was used, and none for one that was not', async () => {
    const { clock, traffic, log, gate } = setUp();
    for (let i = 0; i < 2; i++) {
      await pass(gate, clock);
      traffic.sent(call('key-1', i === 0 ? 'interactive' : 'background'));
    }
    traffic.refused('listMachines');
    await clock.advance(1000);
    expect(log.lines).toEqual([
      expect.objectContaining({
        level: 'info',
        message: 'Quota',
        quota: 'listMachines',
        calls: 2,
        interactive: 1,
        enrichment: 0,
        background: 1,
        refused: 1,
        callers: 'key-1=2',
        minuteUsed: 2,
        minuteLeft: 98,
        hourUsed: 2,
        hourLeft: 1498,
        interactiveFreeInSeconds: 0,
        closed: undefined,
        callsPerHour: 24,
        seq: gate.seen?.row.seq,
      }),
    ]);
    await clock.advance(10 * minuteMs);
    expect(log.lines).toHaveLength(1);
    traffic.refused('listMachines');
    await clock.advance(minuteMs);
    expect(log.lines[1]).toMatchObject({ calls: 0, refused: 1, callers: '' });
  });

  it('costs nothing but what the spend costs', async () => {
    const { clock, traffic, gate, asked } = setUp();
    await pass(gate, clock);
    const before = { ...gate.transactions };
    traffic.refused('listMachines');
    traffic.refused('listMachines');
    await clock.advance(minuteMs);
    expect(gate.transactions).toEqual(before);
    expect(asked).toHaveLength(1);
  });
});
