import { createUnanswered } from '../../../bench/quota/process/unanswered.ts';
import { randomOf } from '../../../bench/quota/random.ts';
import { LostAnswer } from '../../../src/quota/ledger.ts';

describe('writes that go unanswered', () => {
  it('are as many as told, half of them made all the same', async () => {
    const unanswered = createUnanswered(100, randomOf(5));
    let written = 0;
    let lost = 0;
    for (let i = 0; i < 10_000; i++) {
      await unanswered(async () => ++written).catch((fault) => {
        expect(fault).toBeInstanceOf(LostAnswer);
        lost += 1;
      });
    }
    const { before, after } = unanswered.dropped;
    expect(lost).toBe(before + after);
    expect(written).toBe(10_000 - before);
    for (const part of [before, after]) expect(part > 400 && part < 600).toBe(true);
  });

  it('are none where none is wanted, and what the store refuses is its own', async () => {
    const unanswered = createUnanswered(0, randomOf(1));
    await expect(unanswered(async () => 7)).resolves.toBe(7);
    await expect(unanswered(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
  });
});
