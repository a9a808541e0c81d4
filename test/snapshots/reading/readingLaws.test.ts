import * as fc from 'fast-check';
import { type Change, type ChangeKind, changeKinds } from '../../../src/snapshots/change.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import { kindOf } from '../../../src/snapshots/merge/kindOf.ts';
import { type ChangeRow, changeRow } from '../../../src/snapshots/reading/changeRow.ts';
import { type MachineRow, machineRow } from '../../../src/snapshots/reading/machineRow.ts';
import type { Refusal } from '../../../src/snapshots/reading/refusal.ts';
import { startOf } from '../../../src/snapshots/runId.ts';
import { type Copy, copiesOf, type History, histories, plain } from '../support/histories.ts';
import { hourlyRun, stateOf } from '../support/states.ts';
import { type Stored, spread, spreadId, stored } from './support/storedHistory.ts';

interface Page {
  readonly kind: 'page';
  readonly rows: readonly unknown[];
  readonly next: string | undefined;
}

/** All pages of something, and how many there were. */
const walked = async <P extends Page>(
  ask: (position: string | undefined) => Promise<P | Refusal>,
): Promise<{ readonly rows: P['rows'][number][]; readonly pages: readonly P[] }> => {
  const pages: P[] = [];
  for (let position: string | undefined; ; ) {
    const page = await ask(position);
    if (page.kind === 'refused') throw new Error((page as Refusal).message);
    pages.push(page);
    if (page.next === undefined) return { rows: pages.flatMap(({ rows }) => rows), pages };
    expect(page.next).not.toBe(position);
    position = page.next;
  }
};

/** `missedSince` is known for the last run only. */
const unmissedRow = (row: object): object => ({ ...row, missedSince: null });
const rowsOf = (copy: Copy | undefined, isWanted: (kept: KeptState) => boolean = () => true): readonly object[] =>
  [...(copy?.values() ?? [])].filter(isWanted).map(machineRow);

const tops = fc.integer({ min: 1, max: 30 });
const properties = ['AntivirusNotReporting', 'AntivirusSignatures', 'Sensor'] as const;
/** Signatures and Sensor are names that only these histories know. */
const somes = fc.uniqueArray(fc.constantFrom(...properties), { minLength: 1 });

const often = { numRuns: 150 };

const known = (history: History, run: number): readonly string[] => [
  ...new Set([...(copiesOf(history)[run]?.values() ?? [])].flatMap(({ state }) => state.propertiesRequireAttention)),
];

const written = fc.tuple(histories.map(spread), fc.nat(7)).map(([history, at]) => ({
  history,
  at: Math.min(at, history.length - 1),
}));

const twoLooks: History = [
  { run: hourlyRun(0), isComplete: true, seen: [stateOf(spreadId('1'))] },
  { run: hourlyRun(1), isComplete: true, seen: [stateOf(spreadId('1'), { build: 2 })] },
];

describe('the machines of any run', () => {
  it('are those of a full copy, whatever the size of a page, and counted before they are read', async () => {
    await fc.assert(
      fc.asyncProperty(written, tops, async ({ history, at }, top) => {
        const { reading } = await stored(history);
        const run = history[at]?.run ?? '';
        const { rows, pages } = await walked((position) => reading.machines({ run, position, top }));
        expect(rows.map(unmissedRow)).toEqual(rowsOf(copiesOf(history)[at]).map(unmissedRow));
        for (const page of pages) expect([page.count, page.run.id]).toEqual([rows.length, run]);
        expect(pages.slice(0, -1).every((page) => page.rows.length > 0 && page.rows.length <= top)).toBe(true);
      }),
      often,
    );
  });

  it('are with a filter those that the whole has of them', async () => {
    await fc.assert(
      fc.asyncProperty(written, tops, somes, async ({ history, at }, top, some) => {
        const { reading } = await stored(history);
        const run = history[at]?.run ?? '';
        const wanted = some.filter((each) => each === 'AntivirusNotReporting' || known(history, at).includes(each));
        fc.pre(wanted.length > 0);
        const requires = wanted.join(',');
        const { rows, pages } = await walked((position) => reading.machines({ run, requires, position, top }));
        const isWanted = ({ state }: KeptState) =>
          wanted.some((each) => state.propertiesRequireAttention.includes(each));
        expect(rows.map(unmissedRow)).toEqual(rowsOf(copiesOf(history)[at], isWanted).map(unmissedRow));
        for (const { count } of pages) expect(count).toBe(wanted.length === 1 ? rows.length : undefined);
        const any = await walked((position) => reading.machines({ run, requires: 'any', position, top }));
        const isAny = ({ state }: KeptState) => state.propertiesRequireAttention.length > 0;
        expect(any.rows.map(unmissedRow)).toEqual(rowsOf(copiesOf(history)[at], isAny).map(unmissedRow));
        expect(any.pages[0]?.count).toBe(any.rows.length);
      }),
      often,
    );
  });

  it('are the same while a later run is under way, and tell of the last run who was missed', async () => {
    await fc.assert(
      fc.asyncProperty(histories.map(spread), tops, fc.nat(4), async (history, top, merged) => {
        const underWay = history.at(-1);
        const done = history.slice(0, -1);
        fc.pre(underWay !== undefined && done.length > 0);
        const { reading, begin } = await stored(done);
        const before = await walked((position) => reading.machines({ run: 'latest', position, top }));
        expect(before.rows).toEqual(rowsOf(copiesOf(done).at(-1)));
        if (underWay) await begin(underWay, merged);
        const now = await walked((position) => reading.machines({ run: 'latest', position, top }));
        expect(now.rows.map(unmissedRow)).toEqual(before.rows.map(unmissedRow));
      }),
      often,
    );
  });
});

describe('the changes between any two runs', () => {
  const between = (before: Copy | undefined, after: Copy | undefined): readonly Change[] =>
    [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])]
      .sort()
      .map((id) => ({ before: before?.get(id), after: after?.get(id) }))
      .filter(({ before, after }) => !before || !after || plain(before.state) !== plain(after.state));
  /** Of two texts that are the same version either may be told, and nobody's `missedSince` is known for the past. */
  const bareMachine = (row: MachineRow | null) =>
    row && { ...row, osVersion: row.osVersion?.replace('.amd64fre.rs1', ''), missedSince: null };
  const bare = (row: ChangeRow) => ({ ...row, before: bareMachine(row.before), after: bareMachine(row.after) });

  it('are the differences of two full copies, whatever the size of a page', async () => {
    const kindSets = fc.uniqueArray(fc.constantFrom<ChangeKind>(...changeKinds), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(written, fc.nat(7), tops, kindSets, async ({ history, at }, back, top, kinds) => {
        const { reading } = await stored(history);
        const from = Math.max(0, at - back);
        const question = { run: history[at]?.run ?? '', since: history[from]?.run, top };
        const copies = copiesOf(history);
        const expected = between(copies[from], copies[at]);
        const all = await walked((position) => reading.changes({ ...question, position }));
        expect(all.rows.map(bare)).toEqual(expected.map(changeRow).map(bare));
        const some = await walked((position) => reading.changes({ ...question, change: kinds.join(','), position }));
        expect(some.rows).toEqual(all.rows.filter(({ change }) => kinds.includes(change)));
        const isCounted = at - from <= 1;
        expect(some.pages[0]?.count).toBe(isCounted ? some.rows.length : undefined);
        expect(expected.filter((change) => kinds.includes(kindOf(change)))).toHaveLength(some.rows.length);
      }),
      often,
    );
  });
});

describe('the history of any machine', () => {
  it('holds at each run what a full copy has', async () => {
    await fc.assert(
      fc.asyncProperty(histories.map(spread), fc.nat(23), fc.integer({ min: 1, max: 3 }), async (history, nth, top) => {
        const ids = [...new Set(history.flatMap(({ seen }) => seen.map(({ id }) => id)))];
        const id = ids[nth % Math.max(1, ids.length)];
        fc.pre(id !== undefined);
        if (id === undefined) return;
        const { reading } = await stored(history);
        const { rows } = await walked((position) => reading.history({ id, position, top }));
        for (const [at, copy] of copiesOf(history).entries()) {
          const instant = startOf(history[at]?.run ?? '');
          const row = rows.find(({ from, until }) => from <= instant && (until === null || instant < until));
          const kept = copy.get(id);
          expect(row?.state ? unmissedRow(row.state) : null).toEqual(kept ? unmissedRow(machineRow(kept)) : null);
        }
        expect(rows.map(({ until }) => until)).toEqual([null, ...rows.map(({ from }) => from)].slice(0, rows.length));
        expect(rows.every(({ change }) => change !== null)).toBe(true);
      }),
      often,
    );
  });
});

describe('the trend', () => {
  it('counts what full copies hold, run by run, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(histories.map(spread), tops, async (history, top) => {
        const { reading } = await stored(history);
        const { rows } = await walked((position) =>
          reading.trend({ property: 'AntivirusNotReporting', position, top }),
        );
        const counts = copiesOf(history).map(
          (copy) =>
            [...copy.values()].filter(({ state }) => state.propertiesRequireAttention.includes('AntivirusNotReporting'))
              .length,
        );
        expect(rows.map(({ count }) => count)).toEqual(counts);
        expect(rows.map(({ run }) => run)).toEqual(history.map(({ run }) => run));
        const all = await walked((position) => reading.trend({ position, top }));
        expect(all.rows.filter(({ property }) => property === 'AntivirusNotReporting')).toEqual(rows);
      }),
      often,
    );
  });
});

const states = async (reading: Stored['reading'], top: number) => {
  const ids: string[] = [];
  for (let page = await reading.stored.page(undefined, top); page; ) {
    ids.push(...page.states.map(({ id }) => id));
    page = page.next && (await reading.stored.page(page.next, top));
  }
  return ids;
};

describe('the states that the live call is given', () => {
  it('are those of the last run, in the order of their ids', async () => {
    await fc.assert(
      fc.asyncProperty(histories.map(spread), tops, async (history, top) => {
        const { reading } = await stored(history);
        expect(await states(reading, top)).toEqual([...(copiesOf(history).at(-1)?.keys() ?? [])]);
        expect((await reading.stored.lastRun())?.id).toBe(history.at(-1)?.run);
      }),
      often,
    );
  });
});

describe('a question', () => {
  it('is answered or refused whatever it is made of', async () => {
    const digits = fc.stringMatching(/^[0-9]{8}T[0-9]{6}Z$/);
    const edges = ['00000101T000000Z', '99991231T235959Z', '20261131T000000Z', 'latest', 'constructor', '__proto__'];
    const names = fc.oneof(
      fc.constantFrom(...edges),
      digits,
      fc.date({ noInvalidDate: true }).map(String),
      fc.string(),
    );
    const texts = fc.oneof(
      names,
      fc.tuple(names, names).map(([one, other]) => `${one}|${other}`),
    );
    const some = fc.option(texts, { nil: undefined });
    await fc.assert(
      fc.asyncProperty(texts, some, some, some, async (run, since, asOf, position) => {
        const { reading } = await stored(twoLooks);
        const id = spreadId('1');
        const answers = await Promise.all([
          reading.run(run),
          reading.runs({ position, top: 3 }),
          reading.machines({ run, asOf, position, top: 3 }),
          reading.machines({ run: 'latest', asOf, requires: since, position, top: 3 }),
          reading.changes({ run, since, position, top: 3 }),
          reading.changes({ run: 'latest', since, change: asOf, position, top: 3 }),
          reading.history({ id, position, top: 3 }),
          reading.history({ id: run, position, top: 3 }),
          reading.trend({ property: run, from: since, to: asOf, position, top: 3 }),
          reading.trend({ from: since, to: asOf, position, top: 3 }),
        ]);
        for (const { kind } of answers) expect(['page', 'run', 'refused']).toContain(kind);
        await reading.stored.page({ run, id: since ?? '' }, 3);
      }),
      { numRuns: 500 },
    );
  });
});
