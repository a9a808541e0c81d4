import { createReading, type ReadingParts } from '../../../src/snapshots/reading/reading.ts';
import type { Refusal } from '../../../src/snapshots/reading/refusal.ts';
import { noCounts } from '../../../src/snapshots/run.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import type { Look } from '../support/histories.ts';
import { hourlyRun, stateOf } from '../support/states.ts';
import { buckets, stored } from './support/storedHistory.ts';

const idOf = (start: string) => start.padEnd(40, '0');
const machine = (start: string, other: Partial<SecurityState> = {}) => stateOf(idOf(start), other);
const look = (hour: number, ...seen: readonly SecurityState[]): Look => ({
  run: hourlyRun(hour),
  isComplete: true,
  seen,
});
const av = { propertiesRequireAttention: ['AntivirusNotReporting'] };
const top = 10;

const pageOf = <P extends { readonly kind: 'page' }>(answer: P | Refusal): P => {
  if (answer.kind !== 'page') throw new Error(answer.message);
  return answer;
};
const history = async (reading: ReturnType<typeof createReading>, start: string, position?: string) =>
  pageOf(await reading.history({ id: idOf(start), position, top }));
const told = ({ rows }: Awaited<ReturnType<typeof history>>) =>
  rows.map(({ run, change, state }) => [Number(run.slice(9, 11)), change, state?.build ?? null]);

/** Machine 1 vanishes at 3 (missed at 2 and 3), comes back at 5, and changes at 6. */
const cameBack = [
  look(0, machine('1'), machine('2')),
  look(1, machine('1', { build: 2 }), machine('2')),
  look(2, machine('2')),
  look(3, machine('2')),
  look(4, machine('2')),
  look(5, machine('1', { build: 5 }), machine('2')),
  look(6, machine('1', { build: 6 }), machine('2')),
];

describe('the history of a machine that was gone', () => {
  it('is found as long as what changed is kept', async () => {
    const { reading } = await stored(cameBack.slice(0, 5));
    expect(told(await history(reading, '1'))).toEqual([
      [3, 'vanished', null],
      [1, 'changed', 2],
      [0, 'appeared', 14393],
    ]);
  });

  it('goes on with its earlier life where it came back', async () => {
    const { reading } = await stored(cameBack);
    expect(told(await history(reading, '1'))).toEqual([
      [6, 'changed', 6],
      [5, 'appeared', 5],
      [3, 'vanished', null],
      [1, 'changed', 2],
      [0, 'appeared', 14393],
    ]);
  });

  it('is looked for again from where the time was over', async () => {
    const { reading, states, index, clock, put } = await stored(cameBack);
    // Each of these is a window of its own, and has something that vanished.
    for (const hour of [3, 4, 5]) {
      const run = (await index.read(hourlyRun(hour)))?.value;
      const changes = { appeared: 0, vanished: 5000 * buckets, newlyRequiresAttention: 0, resolved: 0, changed: 0 };
      if (run) await put({ ...run, counts: { ...run.counts, changes } });
    }
    let reads = 0;
    const slow: ReadingParts['states'] = {
      ...states,
      changes: (...asked) => {
        reads += 1;
        clock.stall(1000);
        return states.changes(...asked);
      },
    };
    const hurried = createReading({ index, states: slow, buckets, clock, pageMs: 500 });
    const pages = [await history(hurried, '1')];
    for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
      pages.push(await history(hurried, '1', next));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ rows }) => rows)).toEqual((await history(reading, '1')).rows);
    expect(reads).toBeLessThan(20);
  });

  it('is that of a machine which is still there, while the run is under way that misses it', async () => {
    const { reading, begin, put } = await stored(cameBack.slice(0, 3));
    const run = await begin(look(3, machine('2')), buckets);
    // It was killed before it wrote into its row what it had done.
    await put({ ...run, merged: 0, counts: noCounts });
    expect(told(await history(reading, '1'))).toEqual([
      [1, 'changed', 2],
      [0, 'appeared', 14393],
    ]);
    const [now] = (await history(reading, '1')).rows;
    expect(now).toMatchObject({ until: null, state: { missedSince: '2026-11-01T02:00:00Z' } });
  });

  it('does not show that a run under way misses it', async () => {
    const { reading, begin } = await stored(cameBack.slice(0, 2));
    await begin(look(2, machine('2')), buckets);
    expect((await history(reading, '1')).rows[0]).toMatchObject({ until: null, state: { missedSince: null } });
  });

  it('does not show what a run under way has changed', async () => {
    const { reading, begin } = await stored(cameBack.slice(0, 2));
    await begin(look(2, machine('1', { build: 9 }), machine('3')), buckets);
    expect(told(await history(reading, '1'))).toEqual([
      [1, 'changed', 2],
      [0, 'appeared', 14393],
    ]);
    expect(await reading.history({ id: idOf('3'), top })).toMatchObject({ kind: 'refused', status: 404 });
  });
});

describe('a history that is read beside pruning', () => {
  const changing = Array.from({ length: 6 }, (_, hour) => look(hour, machine('1', { build: hour })));
  /** What can be asked of a history that is pruned up to a run before changes are read for the nth time. */
  const prunedAt = async (looks: readonly Look[], nth: number, floor: string) => {
    const { states, index, clock } = await stored(looks);
    let reads = 0;
    const beside: ReadingParts['states'] = {
      ...states,
      changes: async (...asked) => {
        reads += 1;
        if (reads === nth) {
          await index.keepNote('floor', { run: floor });
          for (let bucket = 0; bucket < buckets; bucket += 1) await states.forget(bucket, floor);
        }
        return states.changes(...asked);
      },
    };
    return createReading({ index, states: beside, buckets, clock });
  };

  it('is what it would be afterwards, and says since when it is kept', async () => {
    for (const nth of [1, 2, 3, 4, 5]) {
      const page = await history(await prunedAt(changing, nth, hourlyRun(3)), '1');
      expect(told(page)).toEqual([
        [5, 'changed', 5],
        [4, 'changed', 4],
        [3, null, 3],
      ]);
      expect(page.keptSince).toBe('2026-11-01T03:00:00Z');
    }
  });

  it('says so where the machine had vanished, and that is no longer kept', async () => {
    const reading = await prunedAt(cameBack.slice(0, 5), 1, hourlyRun(4));
    expect(await reading.history({ id: idOf('1'), top })).toMatchObject({
      status: 404,
      message: expect.stringContaining('what was before 2026-11-01T04:00:00Z is no longer kept'),
    });
  });

  it('says so on a page that was to go on behind what is gone', async () => {
    const { reading, index, states } = await stored(changing);
    const first = pageOf(await reading.history({ id: idOf('1'), top: 2 }));
    await index.keepNote('floor', { run: hourlyRun(4) });
    for (let bucket = 0; bucket < buckets; bucket += 1) await states.forget(bucket, hourlyRun(4));
    const second = await history(reading, '1', first.next);
    expect(second).toMatchObject({ rows: [], next: undefined, keptSince: '2026-11-01T04:00:00Z' });
  });

  it('is whole where nothing but the run is gone in which the machine appeared', async () => {
    const { reading, index, states } = await stored([look(0), look(1, machine('1')), ...changing.slice(2, 4)]);
    await index.keepNote('floor', { run: hourlyRun(1) });
    for (let bucket = 0; bucket < buckets; bucket += 1) await states.forget(bucket, hourlyRun(1));
    const page = await history(reading, '1');
    expect(told(page)).toEqual([
      [3, 'changed', 3],
      [2, 'changed', 2],
      [1, 'appeared', 14393],
    ]);
    expect(page.keptSince).toBeUndefined();
  });
});

describe('the history of a machine that changed often', () => {
  it('ends when its time is over, and goes on from there', async () => {
    const looks = Array.from({ length: 6 }, (_, hour) => look(hour, machine('1', { build: hour })));
    const { reading, states, index, clock } = await stored(looks);
    const slow: ReadingParts['states'] = {
      ...states,
      changes: (...asked) => {
        clock.stall(400);
        return states.changes(...asked);
      },
    };
    const hurried = createReading({ index, states: slow, buckets, clock, pageMs: 1000 });
    const pages = [await history(hurried, '1')];
    for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
      pages.push(await history(hurried, '1', next));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ rows }) => rows)).toEqual((await history(reading, '1')).rows);
  });
});

describe('a page', () => {
  const fleet = ['1', '2', '4', '5', '8', '9', 'c', 'd'].map((start) => machine(start, av));

  it('ends when its time is over, with a place to go on from, however little was found', async () => {
    const { states, index, clock } = await stored([look(0, ...fleet)]);
    const slow: ReadingParts['states'] = {
      ...states,
      read: (...asked) => {
        clock.stall(600);
        return states.read(...asked);
      },
    };
    const reading = createReading({ index, states: slow, buckets, clock, pageMs: 1000 });
    const first = pageOf(await reading.machines({ run: 'latest', requires: 'any', top }));
    expect(first.rows.map(({ id }) => id.slice(0, 1))).toEqual(['1', '2', '4', '5']);
    const second = pageOf(await reading.machines({ run: 'latest', requires: 'any', top, position: first.next }));
    expect(second.rows.map(({ id }) => id.slice(0, 1))).toEqual(['8', '9', 'c', 'd']);
    expect(second.next).toBeUndefined();
  });

  it('is no answer where pruning took away what it was made from', async () => {
    const { states, index, clock } = await stored([look(0, ...fleet), look(1, ...fleet), look(2)]);
    const pruned: ReadingParts['states'] = {
      ...states,
      read: async (...asked) => {
        await index.keepNote('floor', { run: hourlyRun(1) });
        return states.read(...asked);
      },
    };
    const reading = createReading({ index, states: pruned, buckets, clock });
    expect(await reading.machines({ run: hourlyRun(0), top })).toMatchObject({ kind: 'refused', status: 410 });
    expect(await reading.stored.page({ run: hourlyRun(0), id: idOf('1') }, top)).toBeUndefined();
    expect(pageOf(await reading.machines({ run: hourlyRun(1), top })).rows).toHaveLength(8);
  });

  it('of changes is no answer where pruning took away what it was made from', async () => {
    const { states, index, clock } = await stored([look(0), look(1, ...fleet), look(2)]);
    const pruned: ReadingParts['states'] = {
      ...states,
      changes: async (...asked) => {
        await index.keepNote('floor', { run: hourlyRun(1) });
        for (let bucket = 0; bucket < buckets; bucket += 1) await states.forget(bucket, hourlyRun(1));
        return states.changes(...asked);
      },
    };
    const reading = createReading({ index, states: pruned, buckets, clock });
    const asked = { run: hourlyRun(1), since: hourlyRun(0), top };
    expect(await reading.changes(asked)).toMatchObject({ kind: 'refused', status: 410 });
  });

  it('is of its run where a later one is merged just before the buckets are read', async () => {
    const { states, index, clock, begin } = await stored([look(0, ...fleet)]);
    let hasBegun = false;
    const beside: ReadingParts['states'] = {
      ...states,
      read: async (...asked) => {
        if (!hasBegun) await begin(look(1, machine('1', { build: 9 }), machine('3')), buckets);
        hasBegun = true;
        return states.read(...asked);
      },
    };
    const reading = createReading({ index, states: beside, buckets, clock });
    const { rows } = pageOf(await reading.machines({ run: 'latest', top }));
    expect(rows.map(({ id, build, missedSince }) => [id, build, missedSince])).toEqual(
      fleet.map(({ id }) => [id, 14393, null]),
    );
  });

  it('is refused where its place is none', async () => {
    const { reading } = await stored([look(0, ...fleet), look(1, ...fleet)]);
    for (const position of ['', '9|', 'x|1', '|']) {
      const lost = { kind: 'refused', status: 400, message: expect.stringContaining('$skiptoken: it leads nowhere') };
      expect(await reading.machines({ run: 'latest', position, top })).toMatchObject(lost);
      expect(await reading.changes({ run: 'latest', position, top })).toMatchObject(lost);
      expect(await reading.runs({ position, top })).toMatchObject(lost);
    }
    const noRun = ['|', '|abc', 'abc|', '|20261301T000000Z', `${hourlyRun(0)}|abc`];
    for (const position of noRun)
      expect(await reading.history({ id: idOf('1'), position, top })).toMatchObject({ kind: 'refused', status: 400 });
    for (const position of ['x', 'abc|Sensor'])
      expect(await reading.trend({ position, top })).toMatchObject({ kind: 'refused', status: 400 });
  });

  it('of a quiet fleet costs a read for each quarter of the buckets, and none of changes', async () => {
    const { states, index, clock } = await stored([look(0, ...fleet), look(1, ...fleet)]);
    const asked: string[] = [];
    const counted: ReadingParts['states'] = {
      ...states,
      read: (from, to) => {
        asked.push(`read ${from}-${to}`);
        return states.read(from, to);
      },
      changes: (bucket, range) => {
        asked.push(`changes ${bucket}`);
        return states.changes(bucket, range);
      },
    };
    const reading = createReading({ index, states: counted, buckets, clock });
    pageOf(await reading.machines({ run: 'latest', top: 1000 }));
    pageOf(await reading.changes({ run: 'latest', top: 1000 }));
    expect(asked).toEqual(['read 0-1', 'read 1-2', 'read 2-3', 'read 3-4']);
  });
});
