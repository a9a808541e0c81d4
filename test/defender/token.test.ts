import { createToken, type TokenSource } from '../../src/defender/token.ts';
import { fakeClock } from '../support/fakeClock.ts';

const setUp = (lifeMs = 3_600_000) => {
  const clock = fakeClock();
  const asked: boolean[] = [];
  const source: TokenSource = async (_, fresh) => {
    asked.push(fresh);
    return { token: `token ${asked.length}`, expiresAt: clock.wall() + lifeMs };
  };
  return { clock, asked, token: createToken(source, 'https://x/.default', clock) };
};

describe('the token', () => {
  it('is fetched once for all who wait', async () => {
    const { asked, token } = setUp();
    expect(await Promise.all([token.get(), token.get(), token.get()])).toEqual(['token 1', 'token 1', 'token 1']);
    expect(asked).toEqual([false]);
  });

  it('is kept until five minutes before its end', async () => {
    const { clock, asked, token } = setUp();
    await token.get();
    await clock.advance(54 * 60_000);
    await token.get();
    expect(asked).toHaveLength(1);
    await clock.advance(61_000);
    expect(await token.get()).toBe('token 2');
  });

  it('is asked for afresh, once, when it was refused', async () => {
    const { asked, token } = setUp();
    const refused = await token.get();
    token.refused(refused);
    token.refused(refused);
    expect(await Promise.all([token.get(), token.get()])).toEqual(['token 2', 'token 2']);
    token.refused(refused);
    expect(await token.get()).toBe('token 2');
    expect(asked).toEqual([false, true]);
  });

  it('fails for all who wait when the source fails, and is asked for again by the next', async () => {
    let isDown = true;
    const source: TokenSource = async () => {
      if (isDown) throw new Error('no identity');
      return { token: 't', expiresAt: Number.POSITIVE_INFINITY };
    };
    const token = createToken(source, 'https://x/.default', fakeClock());
    const both = await Promise.allSettled([token.get(), token.get()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect(await token.get()).toBe('t');
  });
});
