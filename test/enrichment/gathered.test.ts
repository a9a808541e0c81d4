import { gathered } from '../../src/enrichment/gathered.ts';
import { fakeClock } from '../support/fakeClock.ts';

const acting = (most = 3) => {
  const clock = fakeClock();
  const acts: (readonly number[])[] = [];
  const add = gathered<number>(clock, most, async (items) => {
    acts.push(items);
    if (items.includes(13)) throw new Error('unlucky');
  });
  return { clock, acts, add };
};

describe('gathering', () => {
  it('does together what comes within some milliseconds, and tells each when it is done', async () => {
    const { clock, acts, add } = acting();
    const done = Promise.all([add([1]), add([2])]);
    expect(acts).toEqual([]);
    await clock.advance(30);
    await done;
    expect(acts).toEqual([[1, 2]]);
    const next = add([3]);
    await clock.advance(30);
    await next;
    expect(acts).toEqual([[1, 2], [3]]);
  });

  it('does not wait where there are enough', async () => {
    const { clock, acts, add } = acting();
    const full = Promise.all([add([1, 2]), add([3])]);
    const late = add([4]);
    await full;
    expect(acts).toEqual([[1, 2, 3]]);
    await clock.advance(30);
    await late;
    expect(acts).toEqual([[1, 2, 3], [4]]);
  });

  it('fails for all that were together, and for nobody else', async () => {
    const { clock, add } = acting();
    const together = Promise.allSettled([add([12]), add([13])]);
    await clock.advance(30);
    expect((await together).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const alone = add([14]);
    await clock.advance(30);
    await expect(alone).resolves.toBeUndefined();
  });

  it('has nothing to do for nothing', async () => {
    const { acts, add } = acting();
    await add([]);
    expect(acts).toEqual([]);
  });
});
