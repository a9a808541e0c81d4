import * as fc from 'fast-check';
import { composedSource } from '../../../../src/snapshots/sources/composed.ts';
import {
  answered,
  byOffset,
  idOf,
  machines,
  type Row,
  refusal,
  scriptedLists,
  span,
} from '../support/scriptedLists.ts';
import { stagedIds, walk } from '../support/walk.ts';

const small = { pageSize: 10, overlap: 3, staleDays: 7, clock: { monotonic: () => 0 } };
const asking = { waitMs: 60_000, buckets: 64, onSent: () => {} };
const lastOf = (ids: readonly (readonly string[])[]) => ids.map((page) => [...page].sort());
const ids = (first: number, last: number) => span(first, last).map(idOf).sort();

/** The machines of a fleet that is like this at each question. */
const fleet = (rows: () => readonly Row[], most?: number, beside?: Row) => {
  const lists = scriptedLists((_, options) => byOffset(rows(), options, most, beside));
  return { ...lists, source: composedSource({ ...small, defender: lists.defender }) };
};

describe('the pages of all machines', () => {
  it('are asked for by offsets, overlap, and end with a short one', async () => {
    const { source, asked } = fleet(() => machines(...span(1, 19)));
    const walked = await walk(source, 'machines');
    expect(lastOf(stagedIds(walked))).toEqual([ids(1, 10), ids(11, 17), ids(18, 19)]);
    expect(walked.pages.map(({ received }) => received)).toEqual([10, 7, 2]);
    expect(asked.map(({ path, query }) => path + query)).toEqual([
      '/api/machines?$top=10',
      '/api/machines?$top=10&$skip=7',
      '/api/machines?$top=10&$skip=14',
    ]);
    expect(asked.every(({ priority }) => priority === 'background')).toBe(true);
  });

  it('hold every machine that was there all the time, and each of them once, as long as fewer come and go between two pages than overlap', async () => {
    const change = fc.record({ comes: fc.boolean(), at: fc.nat() });
    const sizes = {
      size: fc.nat(80),
      pageSize: fc.integer({ min: 6, max: 15 }),
      overlap: fc.integer({ min: 2, max: 5 }),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.record(sizes),
        fc.array(fc.array(change, { maxLength: 4 })),
        async ({ size, pageSize, overlap }, steps) => {
          let rows = machines(...span(1, size));
          let next = size;
          const stayed = new Set(rows);
          const lists = scriptedLists((_, options) => byOffset(rows, options));
          const source = composedSource({ ...small, pageSize, overlap, defender: lists.defender });
          const most = Math.min(overlap, Math.floor(pageSize / 3)) - 1;
          const walked = await walk(source, 'machines', (page) => {
            for (const { comes, at } of (steps[page - 1] ?? []).slice(0, most)) {
              const place = at % (rows.length + 1);
              const gone = rows[place];
              if (!comes && gone) stayed.delete(gone);
              rows = comes ? rows.toSpliced(place, 0, ...machines(++next)) : rows.toSpliced(place, 1);
            }
          });
          const given = stagedIds(walked).flat();
          const expected = [...stayed].map(({ id }) => id);
          expect(walked.end).toBeUndefined();
          expect(walked.pages.every(({ hasSlipped }) => !hasSlipped)).toBe(true);
          expect(given).toEqual(expect.arrayContaining(expected));
          expect(new Set(given).size).toBe(given.length);
          expect(walked.pages.reduce((sum, { received }) => sum + received, 0)).toBe(given.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are looked for half a page back when many have gone, and say so when nothing is known again', async () => {
    let rows = machines(...span(1, 24));
    const { source, asked } = fleet(() => rows);
    const far = await walk(source, 'machines', (page) => {
      if (page === 1) rows = rows.slice(4);
    });
    expect(stagedIds(far).flat().sort()).toEqual(ids(1, 24));
    expect(asked.slice(1, 3).map(({ query }) => query)).toEqual(['?$top=10&$skip=7', '?$top=10&$skip=5']);
    expect(far.pages.some(({ hasSlipped }) => hasSlipped)).toBe(false);

    const lost = await walk(source, 'machines', (page) => {
      if (page === 1) rows = machines(...span(101, 124));
    });
    expect(lost.pages.map(({ hasSlipped }) => hasSlipped)).toEqual([false, true, false, false]);
    expect(lost.pages[1]?.received).toBe(10);
  });

  it('are none where there are no machines (404)', async () => {
    const lists = scriptedLists(() => refusal(404, 'No machines'));
    const walked = await walk(composedSource({ ...small, defender: lists.defender }), 'machines');
    expect(walked).toMatchObject({ end: undefined, pages: [{ received: 0, hasSlipped: false, next: undefined }] });
  });

  it('have slipped where there are none any more', async () => {
    const lists = scriptedLists((_, options, number) =>
      number === 1 ? byOffset(machines(...span(1, 24)), options) : refusal(404, 'No machines'),
    );
    const walked = await walk(composedSource({ ...small, defender: lists.defender }), 'machines');
    expect(walked.pages.map(({ received, hasSlipped }) => [received, hasSlipped])).toEqual([
      [10, false],
      [0, true],
    ]);
  });

  it('go on where Defender gives no more than a round number at a time', async () => {
    const { source } = fleet(() => machines(...span(1, 2500)), 1000);
    const big = composedSource({
      ...small,
      pageSize: 10_000,
      overlap: 50,
      defender: fleet(() => machines(...span(1, 2500)), 1000).defender,
    });
    expect((await walk(big, 'machines')).pages.map(({ received }) => received)).toEqual([1000, 950, 550]);
    expect((await walk(source, 'machines')).pages.at(-1)?.next).toBeUndefined();
  });

  it('never follow a link', async () => {
    const { source, asked } = fleet(() => machines(...span(1, 12)), undefined, {
      '@odata.nextLink': 'https://evil.example/api/machines?$skiptoken=x',
    });
    const walked = await walk(source, 'machines');
    expect(stagedIds(walked).flat().sort()).toEqual(ids(1, 12));
    expect(walked.end).toBeUndefined();
    expect(asked.map(({ query }) => query)).toEqual(['?$top=10', '?$top=10&$skip=7', '?$top=10&$skip=11']);
  });

  it('are refused where Defender gives the same page again and again', async () => {
    const lists = scriptedLists(() => answered(200, { value: machines(...span(1, 10)) }));
    const walked = await walk(composedSource({ ...small, defender: lists.defender }), 'machines');
    expect(walked.end).toMatchObject({ kind: 'refused', reason: expect.stringContaining('came again') });
    expect(lists.asked).toHaveLength(2);
  });

  it('end even where every answer has other machines', async () => {
    const lists = scriptedLists((_path, _options, n) =>
      answered(200, { value: machines(...span(10 * n, 10 * n + 9)) }),
    );
    const source = composedSource({ ...small, defender: lists.defender });
    const first = await source.page('machines', undefined, asking);
    if (first.kind !== 'page') throw new Error('no page');
    const second = await source.page('machines', first.next, asking);
    expect(second).toMatchObject({ kind: 'page', received: 10, hasSlipped: true, next: { pages: 2 } });
    const late = await source.page('machines', { ...first.next, pages: 19_999 }, asking);
    expect(late).toMatchObject({ kind: 'refused', reason: expect.stringContaining('20000 pages') });
  });

  it('count a row without an id, though it is nobody, so that what was received is more than what is stored', async () => {
    const { source } = fleet(() => [...machines(1, 2), { id: null }, { computerDnsName: 'x' }]);
    const walked = await walk(source, 'machines');
    expect(walked.pages[0]?.received).toBe(4);
    expect(stagedIds(walked).flat()).toHaveLength(2);
  });

  it('are refused where no row says whose it is', async () => {
    const { source } = fleet(() => [{ ID: '1' }, { ID: '2' }]);
    expect((await walk(source, 'machines')).end).toEqual({
      kind: 'refused',
      reason: "none of 2 rows says by 'id' which machine it is of",
    });
  });
});
