import { patience } from '../../src/storage/patience.ts';

describe('the patience of the sweep', () => {
  it('is as it is set while a queue is short, and four times as long while it is long', () => {
    expect([0, 200, 201, 100_000].map((messages) => patience(900_000, messages))).toEqual([
      900_000, 900_000, 3_600_000, 3_600_000,
    ]);
  });
});
