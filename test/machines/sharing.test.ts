import type { Answered } from '../../src/defender/answer.ts';
import { memoryAnswers, memoryRows } from '../../src/machines/memoryAnswers.ts';
import type { SharedAnswers } from '../../src/machines/sharedAnswers.ts';
import { createSharing } from '../../src/machines/sharing.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { recordedLog } from '../support/recordedLog.ts';

const answered: Answered = { kind: 'answered', status: 200, headers: {}, body: new TextEncoder().encode('{}') };

const setUp = () => {
  const clock = fakeClock();
  const rows = memoryRows(clock);
  const log = recordedLog();
  const used: string[] = [];
  let isBroken = false;
  /** Notes what is done in the store, and breaks it where a test says so. */
  const watched = (shared: SharedAnswers): SharedAnswers => {
    const use = <T>(verb: string, done: () => Promise<T>): Promise<T> => {
      used.push(verb);
      return isBroken ? Promise.reject(new Error('the store is gone')) : done();
    };
    return {
      read: (key) => use('read', () => shared.read(key)),
      claim: (seen, forMs) => use(`claim ${seen.size}`, () => shared.claim(seen, forMs)),
      save: (answers) => use(`save ${answers.length}`, () => shared.save(answers)),
      release: (keys) => use(`release ${keys.length}`, () => shared.release(keys)),
    };
  };
  const sharing = (owner: string) =>
    createSharing({ shared: watched(memoryAnswers(clock, { owner, rows })), clock, log });
  return { clock, used, lines: log.lines, sharing, breakStore: (broken: boolean) => (isBroken = broken) };
};

describe('sharing answers', () => {
  it('writes together what comes together', async () => {
    const { clock, used, sharing } = setUp();
    const one = sharing('one');
    const claimed = Promise.all(['a', 'b', 'c'].map((key) => one.claim(key, {}, 15_000)));
    await clock.advance(1);
    expect(await claimed).toEqual([true, true, true]);
    for (const key of ['a', 'b', 'c']) one.save(key, answered, clock.monotonic());
    await clock.advance(1);
    expect(used).toEqual(['claim 3', 'save 3']);
  });

  it('has a question asked by the process that was first, and told to the other', async () => {
    const { clock, sharing } = setUp();
    const [one, two] = [sharing('one'), sharing('two')];
    const mine = Promise.all([one.claim('a', {}, 15_000), two.claim('a', {}, 15_000)]);
    await clock.advance(1);
    expect((await mine).filter(Boolean)).toHaveLength(1);
    const [asks, waits] = (await mine)[0] ? [one, two] : [two, one];
    const told = waits.untilAnswered('a', 5000);
    await clock.advance(500);
    asks.save('a', answered, clock.monotonic());
    await clock.advance(1000);
    expect((await told).answer?.answered.status).toBe(200);
  });

  it('waits no longer for who released its claim, or does not come back in time', async () => {
    const { clock, sharing } = setUp();
    const [one, two] = [sharing('one'), sharing('two')];
    const mine = one.claim('a', {}, 15_000);
    await clock.advance(1);
    await mine;
    const told = two.untilAnswered('a', 2000);
    await clock.advance(1900);
    const gone = two.untilAnswered('a', 60_000);
    await clock.advance(100);
    expect(await told).toMatchObject({ askedForMs: expect.any(Number) });
    one.release('a');
    await clock.advance(1000);
    expect(await gone).toEqual(expect.objectContaining({ askedForMs: undefined }));
  });

  it('does without a store that is gone, says so once, and tries it again later', async () => {
    const { clock, used, lines, sharing, breakStore } = setUp();
    const one = sharing('one');
    breakStore(true);
    const asked = Promise.all([one.read('a'), one.claim('a', {}, 15_000)]);
    await clock.advance(1);
    expect(await asked).toEqual([{}, true]);
    one.save('a', answered, clock.monotonic());
    await clock.advance(1);
    expect(lines.map(({ level }) => level)).toContain('warn');
    const before = used.length;
    const again = one.read('a');
    await clock.advance(1);
    expect(await again).toEqual({});
    expect(used).toHaveLength(before);
    breakStore(false);
    await clock.advance(30_000);
    one.save('a', answered, clock.monotonic());
    await clock.advance(1);
    const back = one.read('a');
    await clock.advance(1);
    expect((await back).answer).toBeDefined();
  });
});
