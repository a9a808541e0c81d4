import * as fc from 'fast-check';
import type { Question } from '../../../src/defender/question.ts';
import type { Listed } from '../../../src/machines/lists/walk.ts';
import type { Wish } from '../../../src/machines/wish.ts';
import { question } from '../../support/defender.ts';
import { boundTo, groupedTenant, type Row, wish } from './support/groupedTenant.ts';

const ids = Array.from({ length: 12 }, (_, i) => i.toString(16).repeat(40));
const names = ['srv1', 'srv2', 'srv1.contoso.com'];

/** Every machine is known by a text that stands in it alone. */
const secretOf = (row: Row) => `secret of ${row.id}`;

const fleets = fc
  .array(
    fc.record(
      {
        computerDnsName: fc.constantFrom(...names),
        osPlatform: fc.constantFrom('Windows11', 'Linux'),
        rbacGroupId: fc.constantFrom<unknown>(0, null, 7, 12, 13, '12', 'x', true, [12]),
      },
      { requiredKeys: ['computerDnsName', 'osPlatform'] },
    ),
    { maxLength: ids.length },
  )
  .map((rows): readonly Row[] =>
    rows.map((row, i) => {
      const id = ids[i] ?? '';
      return { id, ...row, alert: `da${i}`, exclusionReason: secretOf({ id }) };
    }),
  );

const groupsOf = fc.subarray([7, 12, 13], { minLength: 1 });

const queries = fc
  .record(
    {
      $filter: fc.constantFrom(
        `id eq '${ids[0]}'`,
        "computerDnsName eq 'srv1'",
        "computerDnsName eq 'srv1' or osPlatform eq 'Linux'",
        "osPlatform eq 'Windows11'",
        'rbacGroupId eq 12',
        'rbacGroupId ne 12 or true',
        "startswith(computerDnsName,'srv')",
      ),
      $top: fc.constantFrom('0', '1', '3', '10000'),
      $skip: fc.constantFrom('0', '1', '2'),
      $select: fc.constantFrom('id', 'exclusionReason,computerDnsName', '*'),
      $count: fc.constantFrom('true', 'false'),
      $orderby: fc.constantFrom('id desc', 'computerDnsName,id'),
    },
    { requiredKeys: [] },
  )
  .map((options) => new URLSearchParams(Object.entries(options).filter(([, value]) => value !== undefined)).toString());

const inPath = (name: string, value: string, query = '') =>
  question(name, { pathValue: value, query: new URLSearchParams(query) });

/** What can be asked with one request, besides lists of the fleet. */
const others = fc.oneof(
  fc.constantFrom(...ids).map((id) => inPath('machine', id)),
  fc.constantFrom(...ids).map((id) => inPath('machine', id, '$select=exclusionReason')),
  fc.nat(12).map((alert) => inPath('alertMachine', `da${alert}`)),
  fc
    .constantFrom('', '$top=2&$skip=1', '$count=true', '$select=id', '$select=exclusionReason&$count=true&$top=1')
    .map((query) => inPath('userMachines', 'user1', query)),
  fc.constant(inPath('domainMachines', 'contoso.com')),
);

const textOf = (told: Listed) =>
  told.kind === 'told' && told.told.answer.kind === 'answered' ? new TextDecoder().decode(told.told.answer.body) : '';

/** All of it, for who looks for what should not be there. */
const allOf = (told: Listed) => JSON.stringify(told) + textOf(told);

const seenIn = (told: Listed): unknown => {
  if (told.kind === 'wrong') return told;
  const { answer } = told.told;
  if (answer.kind !== 'answered') return answer;
  const { error, '@odata.context': _, ...seen } = JSON.parse(textOf(told));
  return error ? { status: answer.status, code: error.code } : { status: answer.status, ...seen };
};

const linkIn = (told: Listed): string | undefined =>
  told.kind === 'told' && textOf(told).startsWith('{')
    ? JSON.parse(textOf(told))['@odata.nextLink']?.split('?')[1]
    : undefined;

/** Follows links to the end. */
const walk = async (tenant: ReturnType<typeof groupedTenant>, query: string, who: Wish): Promise<readonly Listed[]> => {
  const pages = [await tenant.list(query, who)];
  for (let link = linkIn(pages[0] as Listed); link !== undefined; link = linkIn(pages.at(-1) as Listed)) {
    if (pages.length > 50) throw new Error('endless');
    pages.push(await tenant.list(link, who));
  }
  return pages;
};

const rowsOf = (pages: readonly Listed[]): unknown =>
  pages.flatMap((page) => {
    const { value, ...rest } = seenIn(page) as { value?: readonly unknown[] };
    return value ?? [rest];
  });

/** As the fleet is for who sees nothing else: by hand, from the documents. */
const inGroups = (rows: readonly Row[], groups: readonly number[]) =>
  rows.filter(({ rbacGroupId: group }) => groups.some((each) => each === group || `${each}` === group));

const strangersIn = (text: string, rows: readonly Row[], groups: readonly number[]) => {
  const own = new Set(inGroups(rows, groups));
  return rows.filter((row) => !own.has(row) && text.includes(secretOf(row)));
};

describe('a caller that is bound to device groups', () => {
  it('is answered as if there were no other machines, page by page to the end, whoever asked before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fleets,
        groupsOf,
        queries,
        fc.integer({ min: 2, max: 6 }),
        fc.boolean(),
        async (rows, groups, query, mostRows, isSecond) => {
          const tenant = groupedTenant(rows, { mostRows });
          const alone = groupedTenant(inGroups(rows, groups), { mostRows });
          if (isSecond) await walk(tenant, query, wish);
          const pages = await walk(tenant, query, boundTo(...groups));
          expect(pages.flatMap((page) => strangersIn(allOf(page), rows, groups))).toEqual([]);
          expect(rowsOf(pages)).toEqual(rowsOf(await walk(alone, query, wish)));
          const unbound = groupedTenant(rows, { mostRows });
          expect(rowsOf(await walk(tenant, query, wish))).toEqual(rowsOf(await walk(unbound, query, wish)));
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('is answered so by the calls for one machine, a user, a domain and an alert', async () => {
    await fc.assert(
      fc.asyncProperty(
        fleets,
        groupsOf,
        fc.array(others, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (rows, groups, asked, isSecond) => {
          const tenant = groupedTenant(rows);
          const alone = groupedTenant(inGroups(rows, groups));
          const bare = (each: Question) => ({ ...each, query: '', options: {} });
          if (isSecond) await Promise.all(asked.map((each) => tenant.ask(bare(each), wish)));
          const told = await Promise.all(asked.map((each) => tenant.ask(each, boundTo(...groups))));
          const modelled = await Promise.all(asked.map((each) => alone.ask(each, boundTo(7, 12, 13))));
          expect(told.flatMap((each) => strangersIn(allOf(each), rows, groups))).toEqual([]);
          expect(told.map(seenIn)).toEqual(modelled.map(seenIn));
          const plain = asked.filter(({ query }) => query === '');
          for (const each of plain.filter(({ call }) => call.name === 'userMachines')) {
            expect(seenIn(await tenant.ask(each, boundTo(...groups)))).toMatchObject({ value: inGroups(rows, groups) });
            expect(seenIn(await tenant.ask(each, wish))).toMatchObject({ value: rows });
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('finds machines of its groups alone by what identifies them', async () => {
    await fc.assert(
      fc.asyncProperty(fleets, groupsOf, async (rows, groups) => {
        const { finder, soon } = groupedTenant(rows);
        const who = boundTo(...groups);
        const found = await soon(
          Promise.all([
            finder.byHostName({ label: 'srv1' }, who),
            ...ids.map((id) => finder.by('id', id, who)),
            ...ids.map((_, i) => finder.ofAlert(`da${i}`, who)),
          ]),
        );
        const own = inGroups(rows, groups);
        const machines = found.map((each) => (each.kind === 'machines' ? each.machines : each));
        const one = ids.map((id) => own.filter((row) => row.id === id));
        expect(machines).toEqual([
          own.filter((row) => /^srv1(\.|$)/.test(row.computerDnsName as string)),
          ...one,
          ...one,
        ]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('sees nothing of others even where Defender does not take notice of a filter on groups', async () => {
    await fc.assert(
      fc.asyncProperty(
        fleets,
        groupsOf,
        queries,
        fc.integer({ min: 2, max: 6 }),
        async (rows, groups, query, mostRows) => {
          const pages = await walk(groupedTenant(rows, { mostRows, ignoresGroups: true }), query, boundTo(...groups));
          expect(pages.flatMap((page) => strangersIn(allOf(page), rows, groups))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
