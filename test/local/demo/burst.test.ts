import { burstOf } from '../../../src/local/demo/burst.ts';
import type { Answer, Stage } from '../../../src/local/demo/stage.ts';

const answer = (status: number, seconds?: number): Answer => ({
  status,
  headers: new Headers(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
  body: {},
  ms: 1,
});

/** Answers in the order in which it is asked. */
const stageOf = (answers: readonly Answer[]): Pick<Stage, 'ask'> => {
  const left = [...answers];
  return { ask: async () => left.shift() ?? answer(500) };
};

describe('a burst', () => {
  it('has the last of the refused come back when it was told to', async () => {
    const stage = stageOf([answer(200), answer(429, 0.001), answer(429, 0.002), answer(200)]);
    const { obeyed } = await burstOf(stage, 3);
    expect(obeyed).toEqual({ told: [0.002], answer: answer(200) });
  });

  it('has nobody come back where nobody was refused', async () => {
    expect((await burstOf(stageOf([answer(200), answer(200)]), 2)).obeyed).toBeUndefined();
  });
});
