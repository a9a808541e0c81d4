import * as fc from 'fast-check';
import {
  answered,
  answerOf,
  context,
  machines,
  type Page,
  pageOf,
  type ScriptedFleet,
  scriptedFleet,
  span,
} from './support/scriptedFleet.ts';

const small = { pageSize: 10, mostRows: 10, overlap: 3 };

/** Follows the links to the end. */
const walk = async (fleet: ScriptedFleet, between: (last: Page, page: number) => void = () => {}, query = '') => {
  const pages = [pageOf(await fleet.ask(query))];
  for (let last = pages[0]; last?.next !== undefined; last = pages.at(-1)) {
    if (pages.length > 200) throw new Error('endless');
    between(last, pages.length);
    pages.push(pageOf(await fleet.ask(last.next)));
  }
  return pages;
};

const idsOf = (pages: readonly { readonly ids: readonly unknown[] }[]) => pages.flatMap(({ ids }) => ids);
const named = (first: number, last: number) => span(first, last).map(String);
const queriesOf = (fleet: ScriptedFleet) => fleet.asked.map(({ question }) => decodeURIComponent(question.query));

interface Change {
  readonly kind: 'comes' | 'goes';
  readonly at: number;
}

/** Changes rows from `first` to before `end`; what comes stands before the end, so that later ones move. */
const change = (fleet: ScriptedFleet, { kind, at }: Change, first: number, end: number, name: string) => {
  const place = first + (at % Math.max(1, end - first));
  const [before, rest] = [fleet.rows.slice(0, place), fleet.rows.slice(place)];
  fleet.rows = kind === 'comes' ? [...before, ...machines(name), ...rest] : [...before, ...rest.slice(1)];
};

describe('a walk through a list', () => {
  it('gives every machine that was there all the time exactly once, whichever come and go meanwhile, and ends', async () => {
    const change_ = fc.record({ kind: fc.constantFrom('comes' as const, 'goes' as const), at: fc.nat() });
    const step = fc.record({ passed: fc.array(change_, { maxLength: 4 }), ahead: fc.array(change_, { maxLength: 4 }) });
    const sizes = {
      machines: fc.nat(60),
      pageSize: fc.integer({ min: 1, max: 14 }),
      overlap: fc.integer({ min: 1, max: 4 }),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.record(sizes),
        fc.array(step, { maxLength: 8 }),
        async ({ machines: size, pageSize, overlap }, steps) => {
          const fleet = scriptedFleet(machines(...span(1, size)), { pageSize, mostRows: pageSize, overlap });
          const mostChanges = Math.min(overlap, Math.floor(pageSize / 3));
          const stayed = new Set(fleet.rows);
          let largest = size;
          const pages = await walk(fleet, (last, page) => {
            const end = fleet.rows.findLastIndex(({ id }) => id === last.ids.at(-1)) + 1;
            const { passed = [], ahead = [] } = steps[page - 1] ?? {};
            for (const [i, each] of ahead.entries()) change(fleet, each, end, fleet.rows.length + 1, `a${page}-${i}`);
            for (const [i, each] of passed.slice(0, mostChanges).entries())
              change(fleet, each, 0, end, `p${page}-${i}`);
            for (const row of stayed) if (!fleet.rows.includes(row)) stayed.delete(row);
            largest = Math.max(largest, fleet.rows.length);
          });
          const given = idsOf(pages);
          const ids = [...stayed].map(({ id }) => id);
          expect(given.filter((id) => ids.includes(id))).toEqual(ids);
          expect(new Set(given).size).toBe(given.length);
          expect(
            pages.map(({ warning }) => warning).filter((each) => each !== undefined && !each.startsWith('Too many')),
          ).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('costs no more calls than there are pages, and asks for some rows again', async () => {
    const fleet = scriptedFleet(machines(...span(1, 24)), small);
    const pages = await walk(fleet);
    expect(pages.map(({ ids }) => ids)).toEqual([named(1, 10), named(11, 17), named(18, 24), []]);
    expect(queriesOf(fleet)).toEqual(['', '?$top=10&$skip=7', '?$top=10&$skip=14', '?$top=10&$skip=21']);
    expect(pages.at(-1)?.json).toEqual({ '@odata.context': context, value: [] });
  });

  it('ends with a short page, without asking for another', async () => {
    const fleet = scriptedFleet(machines(...span(1, 16)), small);
    expect((await walk(fleet)).map(({ ids }) => ids)).toEqual([named(1, 10), named(11, 16)]);
    expect(fleet.asked).toHaveLength(2);
  });

  it('leads on at the address at which this caller asked', async () => {
    const fleet = scriptedFleet(machines(...span(1, 16)), small);
    const other = 'https://other.example/api/v1.0/machines';
    const [one, two] = [pageOf(await fleet.ask('')), pageOf(await fleet.ask('', other))];
    expect(one.json['@odata.nextLink']).toMatch(/^https:\/\/gateway\.example\/api\/machines\?\$skiptoken=[\w-]+$/);
    expect(two.json['@odata.nextLink']).toMatch(/^https:\/\/other\.example\/api\/v1\.0\/machines\?\$skiptoken=[\w-]+$/);
    await fleet.ask(two.next ?? '', other);
    expect(fleet.asked.at(-1)?.question.path).toBe('/api/v1.0/machines');
  });

  it('keeps the filter and the properties wanted from page to page', async () => {
    const fleet = scriptedFleet(
      machines(...span(1, 16)).map((row) => ({ ...row, riskScore: 'Low', version: '1' })),
      small,
    );
    const query = "$filter=healthStatus eq 'Active' and startswith(computerDnsName,'ü+&')&$select=id,riskScore";
    const pages = await walk(fleet, undefined, new URLSearchParams(query.replace('+&', '%2B%26')).toString());
    expect(pages.at(-1)?.rows.at(-1)).toEqual({ id: '16', riskScore: 'Low' });
    expect(pages.at(-1)?.json['@odata.context']).toBe(`${context}(id,riskScore)`);
    expect(queriesOf(fleet)).toEqual([
      "?$filter=healthStatus eq 'Active' and startswith(computerDnsName, 'ü+&')",
      "?$filter=healthStatus eq 'Active' and startswith(computerDnsName, 'ü+&')&$top=10&$skip=7",
    ]);
  });

  it('can begin behind $skip', async () => {
    const fleet = scriptedFleet(machines(...span(1, 24)), small);
    expect(idsOf(await walk(fleet, undefined, '$skip=5'))).toEqual(named(6, 24));
  });

  it('goes on where Defender gives fewer machines than it should, and says that there are more', async () => {
    const fleet = scriptedFleet(machines(...span(1, 14)), { mostRows: 5, overlap: 1 });
    expect(idsOf(await walk(fleet))).toEqual(named(1, 14));
    expect(queriesOf(fleet).slice(0, 2)).toEqual(['', '?$top=5&$skip=4']);
  });

  it('looks half a page back, once, when many machines have gone', async () => {
    const fleet = scriptedFleet(machines(...span(1, 24)), small);
    const pages = await walk(fleet, (_, page) => {
      if (page === 1) fleet.rows = fleet.rows.slice(4);
    });
    expect(idsOf(pages)).toEqual(named(1, 24));
    expect(queriesOf(fleet).slice(1, 3)).toEqual(['?$top=10&$skip=7', '?$top=10&$skip=5']);
    expect(pages.every(({ warning }) => warning === undefined)).toBe(true);
  });

  it('says so when it can not tell where the last page ended, and goes on', async () => {
    const fleet = scriptedFleet(machines(...span(1, 24)), small);
    const pages = await walk(fleet, (_, page) => {
      if (page === 1) fleet.rows = machines(...span(101, 124));
    });
    expect(pages[1]?.warning).toContain('some may be missing here, or come twice');
    expect(idsOf(pages.slice(1))).toEqual(named(108, 124));
    expect(fleet.asked).toHaveLength(5);
  });

  it('loses nobody when a machine that was given has moved far down', async () => {
    const fleet = scriptedFleet(machines(...span(1, 24)), small);
    const pages = await walk(fleet, (_, page) => {
      if (page === 1) fleet.rows = machines(...span(1, 9), ...span(11, 14), 10, ...span(15, 24));
    });
    expect(idsOf(pages)).toEqual(named(1, 24));
  });

  it('takes rows without an id for what they say', async () => {
    const rows = span(1, 16).map((n) => ({ computerDnsName: `m${n}` }));
    const pages = await walk(scriptedFleet(rows, small));
    expect(pages.flatMap((page) => page.rows)).toEqual(rows);
  });

  it('is over when there are no machines any more', async () => {
    const fleet = scriptedFleet(machines(...span(1, 24)), { ...small, instead: { 2: none, 3: none } });
    const pages = await walk(fleet);
    expect(pages.map(({ ids }) => ids)).toEqual([named(1, 10), []]);
    expect(pages[1]?.json['@odata.context']).toBe('$metadata#Machines');
    expect(pages[1]?.warning).toBeDefined();
  });

  it('is over when Defender gives the same page again and again', async () => {
    const fleet = scriptedFleet(machines(...span(1, 10)), small);
    const same = answered(200, new TextEncoder().encode(JSON.stringify({ value: fleet.rows })));
    const pages = await walk(scriptedFleet([], { ...small, instead: { 1: same, 2: same, 3: same } }));
    expect(idsOf(pages)).toEqual(named(1, 10));
    expect(pages.at(-1)?.warning).toContain('the list ends here');
  });

  it('is over with a short page, and says that Defender speaks of more', async () => {
    const short = answered(
      200,
      new TextEncoder().encode('{"value":[{"id":"10"},{"id":"11"}],"@odata.nextLink":"https://x/?$skip=2"}'),
    );
    const pages = await walk(scriptedFleet(machines(...span(1, 11)), { ...small, instead: { 2: short } }));
    expect(pages.at(-1)?.text).toBe('{"value":[{"id":"11"}]}');
    expect(pages.at(-1)?.warning).toContain('There may be more machines');
  });

  it('is over after so many pages, whatever Defender gives', async () => {
    const pages = await walk(scriptedFleet(machines(...span(1, 99)), { ...small, mostPages: 3 }));
    expect(pages).toHaveLength(4);
    expect(pages.at(-1)?.warning).toContain('This is page 4, and a walk ends here');
  });

  it.each([
    ['refused', { kind: 'throttled', retryAfterSeconds: 9, message: 'wait' }],
    ['answered with a fault', answered(503, new Uint8Array())],
  ] as const)('can be taken up again with the same link where a page was %s', async (_, answer) => {
    const fleet = scriptedFleet(machines(...span(1, 16)), { ...small, instead: { 2: answer } });
    const { next = '' } = pageOf(await fleet.ask(''));
    expect(answerOf(await fleet.ask(next))).toEqual(answer);
    expect(pageOf(await fleet.ask(next)).ids).toEqual(named(11, 16));
  });

  it('does not wait twice as long as the caller can where it has to look twice', async () => {
    let now = 0;
    const clock = { monotonic: () => (now += 10_000), wall: () => 0 };
    const fleet = scriptedFleet(machines(...span(1, 24)), { ...small, clock });
    await walk(fleet, (_, page) => {
      if (page === 1) fleet.rows = fleet.rows.slice(4);
    });
    expect(fleet.asked.slice(1, 3).map(({ wish }) => wish.waitMs)).toEqual([20_000, 10_000]);
  });
});

const none = answered(
  404,
  new TextEncoder().encode('{"error":{"code":"NotFound","message":"No machines were found"}}'),
);
