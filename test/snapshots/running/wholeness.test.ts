import type { ListProgress, Run } from '../../../src/snapshots/run.ts';
import { lostOf, slippedLists, stagedOf, whyNotWhole } from '../../../src/snapshots/running/wholeness.ts';
import { listRead, runWith } from '../support/runs.ts';

const why = (lists: Run['lists'], before = 0) => whyNotWhole(runWith({ lists }), before);
const none: ListProgress = listRead({ received: 0, staged: [0, 0] });

describe('what was received', () => {
  it.each([
    ['machines and antivirus', { machines: listRead(), antivirus: listRead() }],
    ['states', { states: listRead() }],
  ])('is whole where nothing is missing of %s', (_, lists) => {
    expect(why(lists, 2)).toBeUndefined();
  });

  it.each(['machines', 'antivirus', 'states'] as const)('is not whole where the list of %s slipped', (name) => {
    expect(why({ machines: listRead(), [name]: listRead({ slips: 1 }) })).toBe(
      `the list of ${name} moved between two pages further than they overlap (1 times): rows may be missing`,
    );
  });

  it.each([
    [3, '2 of 3 machines were received'],
    [2, undefined],
    [1, undefined],
    [undefined, undefined],
  ])('where %s machines were announced and two came: %s', (announced, reason) => {
    expect(why({ machines: listRead({ announced }) })).toBe(reason);
  });

  it('is not whole where fewer rows of antivirus came than were announced', () => {
    expect(why({ machines: listRead(), antivirus: listRead({ announced: 3 }) })).toBe('2 of 3 antivirus were received');
  });

  it.each(['machines', 'states'] as const)('is not whole where some rows of %s can’t be read', (name) => {
    expect(why({ [name]: listRead({ received: 5 }) })).toBe(
      "3 of the machines that were listed can't be read, for they have no id",
    );
  });

  it('is whole though a row of antivirus can’t be read: it is nobody’s', () => {
    expect(why({ machines: listRead(), antivirus: listRead({ received: 3 }) })).toBeUndefined();
  });

  it('is not whole where no machine is listed, and there were some', () => {
    expect(why({ machines: none, antivirus: listRead() }, 7)).toBe('no machine was listed, where there were 7');
    expect(why({ states: none }, 1)).toBe('no machine was listed, where there were 1');
  });

  it('is whole where no machine is listed, and there never was one', () => {
    expect(why({ machines: none, antivirus: none }, 0)).toBeUndefined();
  });
});

describe('the lists that slipped', () => {
  it('are named, and no others', () => {
    const lists = { machines: listRead(), antivirus: listRead({ slips: 1 }) };
    expect(slippedLists(runWith({ lists }))).toEqual(['antivirus']);
    expect(slippedLists(runWith({ lists: { machines: listRead({ slips: 3 }), antivirus: listRead() } }))).toEqual([
      'machines',
    ]);
    expect(slippedLists(runWith({ lists: { states: listRead() } }))).toEqual([]);
  });
});

/** Of bucket 1: two lines on the first page, one on each of the two others. */
const staged = [
  { bucket: 1, page: 0, epoch: 4, rows: 'a\nb\n' },
  { bucket: 1, page: 1, epoch: 4, rows: 'c' },
  { bucket: 1, page: 2, epoch: 5, rows: 'd\n' },
];
const progress = listRead({ pages: [4, 4, 5], received: 9, staged: [5, 4] });
const pages = ['a\nb\n', 'c', 'd\n'];

describe('what is staged for a bucket', () => {
  it('is given page by page in the order in which they came, however they are read', () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const read = order.flatMap((page) => staged.slice(page, page + 1));
      expect(stagedOf(progress, read, 1)).toEqual({ pages, lost: 0 });
    }
  });

  it('has pages in the order of their numbers, not of the digits of these', () => {
    const read = Array.from({ length: 11 }, (_, page) => ({ bucket: 0, page, epoch: 1, rows: `${page}` }));
    const eleven = listRead({ pages: Array(11).fill(1), staged: [11] });
    expect(stagedOf(eleven, [...read].reverse(), 0).pages).toEqual(read.map(({ rows }) => rows));
  });

  it('does not hold what was written under another lease: such lines are lost', () => {
    const overwritten = staged.map((rows) => (rows.page === 1 ? { ...rows, epoch: 3, rows: 'stale' } : rows));
    expect(stagedOf(progress, overwritten, 1)).toEqual({ pages: ['a\nb\n', 'd\n'], lost: 1 });
  });

  it('does not hold pages that the run does not know of, nor those of other buckets', () => {
    const more = [...staged, { bucket: 1, page: 3, epoch: 5, rows: 'x' }, { bucket: 0, page: 0, epoch: 4, rows: 'y' }];
    expect(stagedOf(progress, more, 1)).toEqual({ pages, lost: 0 });
  });

  it('tells how many lines were lost', () => {
    expect(stagedOf(progress, staged.slice(1), 1)).toEqual({ pages: ['c', 'd\n'], lost: 2 });
    expect(stagedOf(progress, [], 1)).toEqual({ pages: [], lost: 4 });
  });

  it('is nothing where the list was not read', () => {
    expect(stagedOf(undefined, staged, 1)).toEqual({ pages: [], lost: 0 });
  });
});

describe('the lines that were lost of a list', () => {
  const counts = [
    { bucket: 0, page: 0, epoch: 4, lines: 5 },
    { bucket: 1, page: 0, epoch: 4, lines: 2 },
    { bucket: 1, page: 1, epoch: 4, lines: 1 },
    { bucket: 1, page: 2, epoch: 5, lines: 1 },
  ];

  it('are none where all stand there', () => {
    expect(lostOf(progress, [...counts].reverse())).toBe(0);
  });

  it('are counted over all buckets', () => {
    expect(lostOf(progress, counts.slice(2))).toBe(7);
    expect(lostOf(progress, [])).toBe(9);
  });

  it('are those that another lease wrote over, too', () => {
    expect(
      lostOf(
        progress,
        counts.map((count) => (count.page === 0 ? { ...count, epoch: 3 } : count)),
      ),
    ).toBe(7);
  });

  it('are not made up for by another bucket that holds too many', () => {
    expect(lostOf(progress, [{ bucket: 0, page: 0, epoch: 4, lines: 50 }])).toBe(4);
  });

  it('are none of a list that was not read', () => {
    expect(lostOf(undefined, counts)).toBe(0);
  });
});
