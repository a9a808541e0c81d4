import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { pruneNext } from '../../../src/enrichment/sweeping/pruning.ts';
import { fakeClock } from '../../support/fakeClock.ts';

const minuteMs = 60_000;
const everyPart = Array.from({ length: 16 }, (_, part) => part);

const pruning = (fails: (part: number) => boolean = () => false) => {
  const clock = fakeClock();
  const pruned: number[] = [];
  const store = {
    ...memoryAlertStore(),
    async prune(part: number) {
      pruned.push(part);
      if (fails(part)) throw new Error('a row of format 9');
      return 1;
    },
  };
  const prune = () => pruneNext({ store, retentionMs: 1, clock }).catch(() => 0);
  return { clock, pruned, store, prune };
};

describe('removing what is old', () => {
  it.each([1, 5, 60])('has its turn in each part, with a sweep every %d minutes', async (minutes) => {
    const { clock, pruned, prune } = pruning();
    while (pruned.length < 16) {
      await prune();
      await clock.advance(minutes * minuteMs);
    }
    expect(pruned).toEqual(everyPart);
  });

  it('is done in all parts within an hour, where there is a sweep a minute, and no oftener than that', async () => {
    const { clock, pruned, prune } = pruning();
    for (let minute = 0; minute < 60; minute += 1) {
      await prune();
      await clock.advance(minuteMs);
    }
    expect(pruned).toHaveLength(20);
  });

  it('goes on with the other parts where one fails', async () => {
    const { clock, pruned, prune } = pruning((part) => part === 3);
    for (let turn = 0; turn < 16; turn += 1) {
      await prune();
      await clock.advance(5 * minuteMs);
    }
    expect(pruned).toEqual(everyPart);
  });

  it.each(['', 'x', '{"part":-1,"at":0}'])('begins with the first part where the note is %j', async (note) => {
    const { pruned, store, prune } = pruning();
    await store.keepNote('pruned', note);
    await prune();
    expect(pruned).toEqual([0]);
  });

  it('does not wait for a time that a wrong clock has noted', async () => {
    const { clock, pruned, store, prune } = pruning();
    await store.keepNote('pruned', JSON.stringify({ part: 15, at: clock.wall() + 1e10 }));
    await prune();
    expect(pruned).toEqual([0]);
  });
});
