import { accounted } from '../../src/defender/accounted.ts';
import { callNamed } from '../../src/defender/calls.ts';
import { readQuestion } from '../../src/defender/question.ts';
import { defenderOn } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json, scriptedFetch } from '../support/scriptedFetch.ts';

describe('calls that somebody keeps an account of', () => {
  it('are told as they are sent, each try of them, to the account and to who asks', async () => {
    const clock = fakeClock();
    const { fetch } = scriptedFetch(json({ error: { code: 'ServiceUnavailable' } }, 503), json({ value: [] }));
    const account: string[] = [];
    const defender = accounted(defenderOn(clock, fetch), ({ name }, priority) => account.push(`${name} ${priority}`));
    const call = callNamed('listMachines');
    const read = readQuestion(call, { query: [] });
    if (read.kind === 'wrong') throw new Error(read.message);
    let asked = 0;
    const asking = defender.ask(call, () => read.question, {
      waitMs: 60_000,
      priority: 'background',
      onSent: () => {
        asked += 1;
      },
    });
    await clock.advance(30_000);
    expect(await asking).toMatchObject({ kind: 'answered', status: 200 });
    expect(account).toEqual(['listMachines background', 'listMachines background']);
    expect(asked).toBe(2);
  });
});
