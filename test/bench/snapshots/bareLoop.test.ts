import { inTransactions, sizesOf } from '../../../bench/snapshots/measure/bareLoop.ts';

const row = (rowKey: string) => ({ partitionKey: 'p', rowKey });
const rows = [row('a'), row('c1'), row('c2'), row('c3')];

describe('the bare loop', () => {
  it('knows of each partition how many entities its transactions held, in their order', () => {
    const written = [
      { table: 'snapshotStates', partition: 'b00', entities: 100 },
      { table: 'snapshotStates', partition: 'b01', entities: 3 },
      { table: 'snapshotStates', partition: 'b00', entities: 7 },
    ];
    expect([...sizesOf(written)]).toEqual([
      ['b00', [100, 7]],
      ['b01', [3]],
    ]);
  });

  it('puts the rows of a partition into transactions of those sizes, the head into each', () => {
    const transactions = inTransactions('p', rows, [3, 2]);
    expect(transactions.map(({ head }) => head.rowKey)).toEqual(['a', 'a']);
    expect(transactions.map(({ chunks }) => chunks.map(({ rowKey }) => rowKey))).toEqual([['c1', 'c2'], ['c3']]);
  });

  it.each([
    ['more', [3, 3]],
    ['fewer', [3]],
  ])('refuses rows of which %s were written', (_, sizes) => {
    expect(() => inTransactions('p', rows, sizes)).toThrow('p holds 3 rows besides its head');
  });

  it('refuses a partition without a head', () => {
    expect(() => inTransactions('p', [], [2])).toThrow('but 1 were written');
  });
});
