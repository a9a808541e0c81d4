import * as fc from 'fast-check';
import { rollingQuota } from '../../../src/local/simulator/quota.ts';
import { parseLimits } from '../../../src/quota/limits.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { law } from '../../support/law.ts';
import { type Asking, asking, token } from './support/asking.ts';

const path = '/api/machines?$top=1';

describe('the rolling quota', () => {
  const limits = parseLimits('3/2,5/7');
  const gaps = fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 80 });

  it('takes a call exactly where no window holds its limit already, and says when the next would do', () => {
    law(
      fc.property(gaps, (waits) => {
        const quota = rollingQuota(false);
        const taken: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          const refused = quota.take([{ key: 'k', limits }], now);
          expect(refused === undefined).toBe(fits(taken, now));
          if (!refused) taken.push(now);
          else expect(fits(taken, now + refused.seconds * 1000)).toBe(true);
        }
      }),
      300,
    );

    function fits(taken: readonly number[], now: number): boolean {
      return limits.every(({ calls, seconds }) => taken.filter((at) => now - at < seconds * 1000).length < calls);
    }
  });

  it('keeps a log for each key, and counts a call under all of its keys or none', () => {
    const quota = rollingQuota(false);
    const [one, both] = [
      { key: 'one', limits: parseLimits('1/60') },
      { key: 'both', limits: parseLimits('2/60') },
    ];
    expect(quota.take([both, one], 0)).toBeUndefined();
    expect(quota.take([both, one], 1)).toMatchObject({ limit: { calls: 1 } });
    expect(quota.take([both], 2)).toBeUndefined();
    expect(quota.take([both], 3)).toMatchObject({ limit: { calls: 2 } });
  });
});

describe('Defender, asked too often', () => {
  const clock = fakeClock();
  let defender: Asking;
  afterEach(() => defender.stop());
  const statuses = async (count: number, asked = path, bearer = token()) => {
    const found: number[] = [];
    for (let call = 0; call < count; call++) found.push((await defender.get(asked, bearer)).status);
    return found;
  };

  it('says 429 as captured in 2022, and takes the call when the first is a minute old', async () => {
    defender = await asking({ limits: parseLimits('2/60,3/3600'), clock });
    expect(await statuses(1)).toEqual([200]);
    clock.stall(10_000);
    expect(await statuses(1)).toEqual([200]);
    clock.stall(42_500);
    const { status, headers, body } = await defender.get(path);
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('8');
    expect(body).toEqual({
      error: {
        code: '429',
        message:
          'API calls quota exceeded! Maximum allowed 2 per 00:01:00 for the key Destination+TenantID+AppID. You can send requests again in 8 seconds.',
        target: 'tenant',
      },
    });
    clock.stall(7_499);
    expect(await statuses(1)).toEqual([429]);
    clock.stall(1);
    expect(await statuses(2)).toEqual([200, 429]);
    expect((await defender.get(path)).body.error.message).toContain('Maximum allowed 3 per 01:00:00');
  });

  it('counts each route, each tenant and each application by itself', async () => {
    defender = await asking({ limits: parseLimits('1/60'), clock });
    expect(await statuses(2)).toEqual([200, 429]);
    expect(await statuses(2, '/api/users/user1/machines')).toEqual([200, 429]);
    expect(await statuses(2, path, token({ appid: 'other' }))).toEqual([200, 429]);
    expect(await statuses(2, path, token({ tid: 'other' }))).toEqual([200, 429]);
  });

  it('counts all routes together when told that the quota is the application’s', async () => {
    defender = await asking({ limits: parseLimits('2/60'), quotaScope: 'application', clock });
    expect(await statuses(1)).toEqual([200]);
    expect(await statuses(1, '/api/deviceavinfo?$top=1')).toEqual([200]);
    expect(await statuses(1, '/api/users/user1/machines')).toEqual([429]);
  });

  it('gives deviceavinfo limits of its own', async () => {
    defender = await asking({ deviceAvLimits: parseLimits('1/60'), clock });
    expect(await statuses(2, '/api/deviceavinfo?$top=1')).toEqual([200, 429]);
  });

  it('counts a call that a role is missing for, and none without a token that can be read', async () => {
    defender = await asking({ limits: parseLimits('1/60'), clock });
    expect(await statuses(2, path, 'x')).toEqual([401, 401]);
    expect(await statuses(2, path, token({ roles: [] }))).toEqual([403, 429]);
  });

  it('counts refused calls as well when told to', async () => {
    defender = await asking({ limits: parseLimits('1/60'), countRefused: true, clock });
    expect(await statuses(1)).toEqual([200]);
    clock.stall(59_000);
    expect(await statuses(1)).toEqual([429]);
    clock.stall(1_000);
    expect((await defender.get(path)).headers.get('retry-after')).toBe('59');
  });

  it('leaves Retry-After out when told to', async () => {
    defender = await asking({ limits: parseLimits('1/60'), retryAfter: false, clock });
    expect(await statuses(1)).toEqual([200]);
    const { status, headers, body } = await defender.get(path);
    expect([status, headers.get('retry-after')]).toEqual([429, null]);
    expect(body.error.message).toContain('again in 60 seconds');
  });
});
