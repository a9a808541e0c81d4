import { inParallel } from '../src/inParallel.ts';

describe('doing something with each, at most so many at once', () => {
  it('gives what came of each in the order of the items', async () => {
    const ends: (() => void)[] = [];
    const doubled = inParallel(
      [1, 2, 3],
      3,
      (item) => new Promise<number>((resolve) => ends.push(() => resolve(item * 2))),
    );
    for (const end of [...ends].reverse()) end();
    expect(await doubled).toEqual([2, 4, 6]);
    expect(await inParallel([], 3, async () => 1)).toEqual([]);
  });

  it('has no more under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    await inParallel(Array.from({ length: 30 }), 4, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
    });
    expect([most, underWay]).toEqual([4, 0]);
  });

  it('does the others where one fails, and then says so', async () => {
    const done: number[] = [];
    const act = async (item: number) => {
      if (item < 3) throw new Error(`${item} failed`);
      done.push(item);
    };
    await expect(inParallel([1, 2, 3, 4], 1, act)).rejects.toThrow('1 failed');
    expect(done).toEqual([3, 4]);
  });
});
