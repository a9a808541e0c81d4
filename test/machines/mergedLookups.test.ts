import * as fc from 'fast-check';
import type { Question } from '../../src/defender/question.ts';
import type { Told } from '../../src/machines/told.ts';
import { usualFreshness, type Wish } from '../../src/machines/wish.ts';
import { question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { machinesOn } from '../support/services.ts';
import { type Row, tenantOf } from './support/tenant.ts';

const wish: Wish = { waitMs: 60_000, priority: 'interactive', freshness: usualFreshness };
const byName = (name: string) => question('listMachines', { query: [['$filter', `computerDnsName eq '${name}'`]] });
const byId = (id: string) => question('machine', { pathValue: id });
const idOf = (number: number) => number.toString(16).padStart(40, '0');
const fleet = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: idOf(i), computerDnsName: `srv${i}.contoso.com`, osBuild: i }));

const textOf = ({ answer }: Told) =>
  answer.kind === 'answered' ? `${answer.status} ${new TextDecoder().decode(answer.body)}` : answer.kind;

const setUp = (rows: readonly Row[], dialect: Parameters<typeof tenantOf>[2] = {}) => {
  const clock = fakeClock(1);
  const tenant = tenantOf(clock, rows, dialect);
  const { machines } = machinesOn(clock, tenant.defender);
  /** Asks them at once, or each after so many milliseconds, and gives what each was told. */
  const ask = async (questions: readonly Question[], delays: readonly number[] = []) => {
    const told = questions.map(async (each, i) => {
      await clock.sleep(delays[i] ?? 0);
      return machines.ask(each, wish);
    });
    await clock.advance(30_000);
    return Promise.all(told);
  };
  return { clock, tenant, ask, machines };
};

describe('lookups that are asked together', () => {
  it('travel as one call, and each gets its own machine', async () => {
    const { tenant, ask } = setUp(fleet(40));
    const told = await ask(Array.from({ length: 20 }, (_, i) => byName(`srv${i}.contoso.com`)));
    expect(tenant.asked).toHaveLength(1);
    expect(told.map(textOf)).toEqual(
      Array.from({ length: 20 }, (_, i) => expect.stringContaining(`"value":[{"id":"${idOf(i)}"`)),
    );
  });

  it('travel with those that came while a call was under way, thirty at most', async () => {
    const { tenant, ask } = setUp(fleet(100));
    const delays = Array.from({ length: 91 }, (_, i) => (i === 0 ? 0 : 30));
    await ask(
      Array.from({ length: 91 }, (_, i) => byName(`srv${i}.contoso.com`)),
      delays,
    );
    expect(tenant.asked.map((asked) => asked.split("', '").length)).toEqual([1, 30, 30, 30]);
  });

  it('stay within an address of 2,000 bytes', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `${'x'.repeat(200)}${i}.contoso.com`);
    const { tenant, ask } = setUp(names.map((computerDnsName, i) => ({ id: idOf(i), computerDnsName })));
    const told = await ask(names.map(byName));
    expect(tenant.asked.length).toBeGreaterThan(3);
    for (const asked of tenant.asked)
      expect(`https://defender.example${encodeURI(asked)}`.length).toBeLessThanOrEqual(2000);
    expect(told.every((each) => textOf(each).includes('"value":[{'))).toBe(true);
  });

  it('are asked alone where nothing came, and its absence is told in Defender’s words', async () => {
    const { tenant, ask } = setUp(fleet(3));
    const told = await ask([byId(idOf(1)), byId(idOf(77)), byId(idOf(2))]);
    expect(told.map(textOf)).toEqual([
      expect.stringMatching(/^200 \{"@odata.context":"[^"]+#Machines\/\$entity","id":"0+1"/),
      '404 {"error":{"code":"ResourceNotFound"}}',
      expect.stringContaining('200'),
    ]);
    expect(tenant.asked).toHaveLength(2);
  });

  it.each<[string, { takesIn?: boolean; mostKeys?: number }]>([
    ['refuses `in`', { takesIn: false }],
    ['takes no more than ten keys', { mostKeys: 10 }],
    ['takes neither `in` nor more than five', { takesIn: false, mostKeys: 5 }],
    ['takes one key only', { takesIn: false, mostKeys: 1 }],
  ])('fall back where Defender %s, and remember', async (_, dialect) => {
    const { tenant, ask } = setUp(fleet(60), dialect);
    const first = await ask(Array.from({ length: 20 }, (__, i) => byName(`srv${i}.contoso.com`)));
    expect(first.every((each) => textOf(each).startsWith('200'))).toBe(true);
    const before = tenant.asked.length;
    const again = await ask(Array.from({ length: 20 }, (__, i) => byName(`srv${20 + i}.contoso.com`)));
    expect(again.every((each) => textOf(each).startsWith('200'))).toBe(true);
    const keys = (asked: string) => asked.split(/' or |', '/).length;
    const later = tenant.asked.slice(before);
    expect(later.every((asked) => keys(asked) <= (dialect.mostKeys ?? 30))).toBe(true);
    expect(later.length).toBeLessThanOrEqual(Math.ceil(20 / Math.min(20, dialect.mostKeys ?? 20)) + 1);
  });

  it('do not lose their merging to one that Defender refuses in any company', async () => {
    const { tenant, ask } = setUp(fleet(100), { refuses: 'poisoned' });
    const told = await ask([byName('poisoned'), ...fleet(29).map((_, i) => byName(`srv${i}.contoso.com`))]);
    expect(told.map(textOf).filter((text) => text.startsWith('400'))).toHaveLength(1);
    const before = tenant.asked.length;
    await ask(Array.from({ length: 29 }, (_, i) => byName(`srv${i + 50}.contoso.com`)));
    expect(tenant.asked.length - before).toBe(1);
  });

  it('do not wait for a call that is under way where one of them can’t', async () => {
    const { clock, machines, tenant } = setUp(fleet(10), { latencyMs: 6000 });
    void machines.ask(byName('srv1.contoso.com'), wish);
    await clock.advance(500);
    void machines.ask(byName('srv2.contoso.com'), wish);
    await clock.advance(100);
    expect(tenant.asked).toHaveLength(1);
    void machines.ask(byName('srv3.contoso.com'), { ...wish, waitMs: 1000 });
    await clock.advance(50);
    expect(tenant.asked).toHaveLength(2);
  });
});

describe('the answer to a merged lookup', () => {
  const letters = fc.constantFrom('a', 'A', 'b', 'B', 'ab', 'a.c');
  const row = fc.record({
    id: fc.integer({ min: 0, max: 15 }).map(idOf),
    computerDnsName: fc.option(letters),
    lastIpAddress: fc.constantFrom('10.0.0.1', '10.0.0.2', 'fe80::1', 'FE80::1', null),
    odd: fc.constantFrom('{"', '],[', 'ü\u2028', '\\"', ''),
    osBuild: fc.constantFrom(1, 1.5, 1e21, -0.0001),
  });
  const asked = fc.oneof(
    letters.map(byName),
    fc.integer({ min: 0, max: 20 }).map((number) => byId(idOf(number))),
    fc
      .integer({ min: 0, max: 20 })
      .map((number) => question('listMachines', { query: [['$filter', `id eq '${idOf(number)}'`]] })),
    fc
      .constantFrom('10.0.0.1', '10.0.0.2', 'fe80::1', 'FE80::1')
      .map((ip) => question('listMachines', { query: [['$filter', `lastIpAddress eq '${ip}'`]] })),
  );
  const dialect = fc.record({
    takesIn: fc.boolean(),
    mostKeys: fc.constantFrom(1, 3, 1000),
    comparesCase: fc.boolean(),
    latencyMs: fc.constantFrom(1, 100, 3000),
  });

  it('holds no row of another’s letters, where Defender tells them apart', async () => {
    const machines = ['a', 'A', 'b'].map((computerDnsName, i) => ({ id: idOf(i), computerDnsName }));
    const { tenant, ask } = setUp(machines, { comparesCase: true });
    const told = await ask(['a', 'A', 'b'].map(byName));
    expect(told.map(textOf)).toEqual(
      [0, 1, 2].map((i) => expect.stringMatching(new RegExp(`"value":\\[\\{"id":"${idOf(i)}"[^}]*\\}\\]`))),
    );
    expect(tenant.asked).toHaveLength(3);
  });

  it('is the one that it would have had alone', async () => {
    const questions = fc.array(fc.tuple(asked, fc.constantFrom(0, 0, 0, 3, 50, 200)), { minLength: 1, maxLength: 40 });
    const rows = fc.uniqueArray(row, { maxLength: 12, selector: ({ id }) => id });
    await fc.assert(
      fc.asyncProperty(rows, questions, dialect, async (machines, plan, spoken) => {
        const { tenant, ask } = setUp(machines, spoken);
        const told = await ask(
          plan.map(([each]) => each),
          plan.map(([, delay]) => delay),
        );
        expect(told.map(textOf)).toEqual(
          plan.map(([each]) => textOf({ answer: tenant.answerTo(each), source: { kind: 'nowhere' } })),
        );
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
