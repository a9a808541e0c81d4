import * as fc from 'fast-check';
import { type CsvValue, csvOf } from '../../src/http/csv.ts';
import { law } from '../support/law.ts';

const cell = (value: CsvValue): string => {
  const csv = csvOf([{ name: 'a', of: (row: { readonly value: CsvValue }) => row.value }], [{ value }]);
  expect(csv.startsWith('a\r\n')).toBe(true);
  return csv.slice(3, -2);
};

/** A reader of RFC 4180 that knows nothing of how we write. */
const readCsv = (csv: string): readonly (readonly string[])[] => {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    line.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
};

describe('CSV', () => {
  it('has a header row, and lines that end in CR LF', () => {
    const columns = [
      { name: 'id', of: (row: readonly [string, number]) => row[0] },
      { name: 'build', of: (row: readonly [string, number]) => row[1] },
    ];
    expect(
      csvOf(columns, [
        ['a', 19045],
        ['b', -1],
      ]),
    ).toBe('id,build\r\na,19045\r\nb,-1\r\n');
    expect(csvOf(columns, [])).toBe('id,build\r\n');
  });

  it.each<[CsvValue, string]>([
    [null, ''],
    [undefined, ''],
    ['', ''],
    [true, 'true'],
    ['10.0.14393', '10.0.14393'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    [['AntivirusNotReporting', 'EdrImpairedCommunications'], '"AntivirusNotReporting;EdrImpairedCommunications"'],
    [['one'], 'one'],
    [[], ''],
  ])('writes %j as %s', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });

  it.each<[CsvValue, string]>([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\r=1', '"\'\r=1"'],
    [' =1', "' =1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['\uFF1D1', "'\uFF1D1"],
    [['good', '=bad'], '"good;\'=bad"'],
  ])('makes %j harmless: %s', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });

  it('comes back as it was, but for the apostrophes, and no cell begins a formula', () => {
    const text = fc.stringMatching(/^[=+\-@"',;\r\n\t a1\u00e4]{0,6}$/);
    law(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 4 }), (rows) => {
        const columns = [0, 1].map((at) => ({ name: `c${at}`, of: (row: readonly string[]) => row[at] }));
        const [header, ...lines] = readCsv(csvOf(columns, rows));
        expect(header).toEqual(['c0', 'c1']);
        for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        const isDangerous = /^\s*[=+\-@]|^[\t\r\n]/;
        expect(lines).toEqual(rows.map((row) => row.map((each) => (isDangerous.test(each) ? `'${each}` : each))));
      }),
    );
  });
});
