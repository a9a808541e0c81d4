import { lastMarks, markOf } from '../../../src/defender/paging/marks.ts';
import { isLikely, newRows } from '../../../src/defender/paging/overlap.ts';
import { sliceRows } from '../../../src/odata/collection.ts';

const known = [7, 8, 9, 10];
const given = (...page: readonly number[]) =>
  newRows({ rows: page.length, markOf: (row) => page[row] ?? 0 }, known, isLikely(known))?.map((row) => page[row]);

describe('what is new on a page that overlaps the last one', () => {
  it('is what stands behind the rows that are known', () => {
    expect(given(7, 8, 9, 10, 11, 12)).toEqual([11, 12]);
    expect(given(7, 8, 9, 10)).toEqual([]);
  });

  it('is nothing lost where rows have gone: it begins behind any that is left', () => {
    expect(given(10, 11, 12)).toEqual([11, 12]);
    expect(given(8, 11, 12)).toEqual([11, 12]);
  });

  it('is nothing given twice where rows came: what stands before those that are known was given', () => {
    expect(given(5, 6, 7, 8, 9, 10, 11)).toEqual([11]);
    expect(given(1, 2, 3, 4, 5, 6, 9, 10, 11)).toEqual([11]);
  });

  it('holds who came between the rows that are known', () => {
    expect(given(7, 101, 8, 9, 102, 10, 11)).toEqual([101, 102, 11]);
  });

  it('holds another row of a machine that has several', () => {
    expect(given(7, 8, 9, 10, 10, 11)).toEqual([10, 11]);
    const twice = [7, 7, 8];
    const page = [7, 7, 8, 7, 9];
    const rows = newRows({ rows: page.length, markOf: (row) => page[row] ?? 0 }, twice, isLikely(twice));
    expect(rows).toEqual([3, 4]);
  });

  it('can not be told from a single known row far down, nor from none', () => {
    expect(given(11, 12, 13, 14, 15, 9, 16)).toBeUndefined();
    expect(given(11, 12)).toBeUndefined();
    expect(given()).toBeUndefined();
  });

  it('is everything where nothing is known', () => {
    expect(newRows({ rows: 2, markOf: () => 1 }, [], isLikely([]))).toEqual([0, 1]);
  });
});

describe('the mark of a machine', () => {
  const marksOf = (text: string) => {
    const body = new TextEncoder().encode(`{"value":[${text}]}`);
    const sliced = sliceRows(body);
    if (!sliced) throw new Error('no rows');
    return sliced.starts.map((_, row) => markOf(body, sliced, row));
  };

  it('is that of its id, wherever it stands and whatever else is said', () => {
    const [one, two, nested] = marksOf(
      '{"id":"a1","n":1}, {"n":{"id":"b2"}, "id" : "a1"}, {"x":{"id":"a1"},"id":"b2"}',
    );
    expect(two).toBe(one);
    expect(nested).not.toBe(one);
  });

  it('is that of all it says where it has no id', () => {
    const [one, two, three] = marksOf('{"n":1},{"n":1},{"n":2}');
    expect(two).toBe(one);
    expect(three).not.toBe(one);
  });

  it('is its own among a hundred thousand machines, and fits into six bytes', () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => `{"id":"${i.toString(16).padStart(40, '0')}"}`);
    const marks = marksOf(ids.join(','));
    expect(new Set(marks).size).toBe(ids.length);
    expect(marks.every((mark) => Number.isSafeInteger(mark) && mark >= 0 && mark < 2 ** 48)).toBe(true);
  });

  it('is told of as many of the last rows as there are', () => {
    const body = new TextEncoder().encode('{"value":[{"id":"a"},{"id":"b"},{"id":"c"}]}');
    const sliced = sliceRows(body);
    if (!sliced) throw new Error('no rows');
    const all = sliced.starts.map((_, row) => markOf(body, sliced, row));
    expect(lastMarks(body, sliced, 2)).toEqual(all.slice(1));
    expect(lastMarks(body, sliced, 9)).toEqual(all);
  });
});
