import { goOn, type Look, overlapOf } from '../../../src/defender/paging/goOn.ts';
import { lastMarks } from '../../../src/defender/paging/marks.ts';
import { sliceRows } from '../../../src/odata/collection.ts';

const size = 9;

const listed = (...ids: readonly number[]) => {
  const body = new TextEncoder().encode(JSON.stringify({ value: ids.map((id) => ({ id: `${id}` })) }));
  const sliced = sliceRows(body);
  if (!sliced) throw new Error('no rows');
  return { body, sliced };
};

/** Pages of a list that is like this now, asked for where the last one ended with 1 to 9 of which the last three are known. */
const goneOnIn = async (list: readonly number[]) => {
  const last = listed(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const asked: number[] = [];
  const look = async (start: number): Promise<Look<readonly number[], never>> => {
    asked.push(start);
    const page = list.slice(start, start + size);
    return { kind: 'window', page, start, ...listed(...page) };
  };
  const gone = await goOn({ offset: 9, size, marks: lastMarks(last.body, last.sliced, 3) }, look);
  if (gone.kind === 'else') throw new Error('something else came');
  const { window, rows, isLost } = gone;
  return { ids: rows.map((row) => window.page[row]), start: window.start, isLost, asked };
};

describe('going on in a list', () => {
  it('asks once, some rows back, and finds what is new', async () => {
    const gone = await goneOnIn([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(gone).toEqual({ ids: [10, 11], start: 6, isLost: false, asked: [6] });
  });

  it('looks half a page back where nothing is known again', async () => {
    const gone = await goneOnIn([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(gone).toEqual({ ids: [10, 11], start: 5, isLost: false, asked: [6, 5] });
  });

  it('takes all of the first look where that is of no use either, and says so', async () => {
    const gone = await goneOnIn([21, 22, 23, 24, 25, 26, 27, 28]);
    expect(gone).toEqual({ ids: [27, 28], start: 6, isLost: true, asked: [6, 5] });
  });

  it('is told what came instead of a page, from either look', async () => {
    const said = { kind: 'else', instead: 'wait' } as const;
    expect(await goOn({ offset: 9, size, marks: [1] }, async () => said)).toBe(said);
    const empty = listed();
    const looks: Look<string, string>[] = [said, { kind: 'window', page: '', start: 8, ...empty }];
    expect(await goOn({ offset: 9, size, marks: [1] }, async () => looks.pop() ?? said)).toBe(said);
  });

  it('takes all rows at the start of a list', async () => {
    const first = listed(1, 2);
    const gone = await goOn({ offset: 0, size, marks: [] }, async (start) => ({
      kind: 'window',
      page: start,
      start,
      ...first,
    }));
    expect(gone).toMatchObject({ rows: [0, 1], isLost: false, window: { start: 0 } });
  });
});

describe('the overlap of pages', () => {
  it.each([
    [10_000, 50],
    [100, 33],
    [2, 0],
  ])('of %i rows is %i', (rows, overlap) => {
    expect(overlapOf(rows, 50)).toBe(overlap);
  });
});
