import type { Question } from '../../src/defender/question.ts';
import { usualLifetimes } from '../../src/machines/lifetimes.ts';
import { memoryAnswers, memoryRows } from '../../src/machines/memoryAnswers.ts';
import type { Told } from '../../src/machines/told.ts';
import { type Freshness, usualFreshness, type Wish } from '../../src/machines/wish.ts';
import { question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { machinesOn } from '../support/services.ts';
import { json, tenantOf } from './support/tenant.ts';

const id = 'a'.repeat(40);
const machine = question('machine', { pathValue: id });
const unknown = question('machine', { pathValue: 'b'.repeat(40) });
const user = question('userMachines', { pathValue: 'user1' });
const spent = { kind: 'throttled', retryAfterSeconds: 40, message: 'The quota is spent.' } as const;

const setUp = (processes = 1, latencyMs = 100) => {
  const clock = fakeClock(1);
  const tenant = tenantOf(clock, [{ id, computerDnsName: 'srv1' }], { latencyMs });
  const rows = memoryRows(clock);
  const each = Array.from({ length: processes }, (_, i) =>
    machinesOn(clock, tenant.defender, { shared: memoryAnswers(clock, { owner: `process ${i}`, rows }) }),
  );
  const start = (
    asked: Question,
    freshness: Partial<Freshness> = {},
    more: Partial<Wish> & { process?: number } = {},
  ) => {
    const wish = {
      waitMs: 30_000,
      priority: 'interactive',
      freshness: { ...usualFreshness, ...freshness },
      ...more,
    } as const;
    const seen: { told?: Told } = {};
    void each[more.process ?? 0]?.machines.ask(asked, wish).then((told) => Object.assign(seen, { told }));
    return seen;
  };
  const ask = async (...asked: Parameters<typeof start>) => {
    const seen = start(...asked);
    await clock.advance(1000);
    if (!seen.told) throw new Error('nobody was told anything yet');
    return seen.told;
  };
  return { clock, tenant, start, ask };
};

describe('an answer that was given', () => {
  it('is given again while it is fresh, and says how old it is', async () => {
    const { clock, tenant, ask } = setUp();
    const first = await ask(machine);
    expect(first.source).toMatchObject({ kind: 'defender', because: 'miss', isShared: false });
    await clock.advance(60_000);
    const again = await ask(machine);
    expect(again.answer).toEqual(first.answer);
    expect(again.source).toMatchObject({ kind: 'cache' });
    expect(again.source.kind === 'cache' && Math.round(again.source.age)).toBe(61);
    expect(tenant.asked).toHaveLength(1);
  });

  it('is asked for again when it is stale', async () => {
    const { clock, tenant, ask } = setUp();
    await ask(machine);
    await clock.advance((usualLifetimes.machine ?? 0) * 1000);
    expect((await ask(machine)).source).toMatchObject({ kind: 'defender', because: 'stale' });
    expect(tenant.asked).toHaveLength(2);
  });

  it('is kept for a shorter time where it says that there is nothing', async () => {
    const { clock, tenant, ask } = setUp();
    expect((await ask(unknown)).answer).toMatchObject({ status: 404 });
    expect((await ask(unknown)).source.kind).toBe('cache');
    await clock.advance((usualLifetimes.absent ?? 0) * 1000);
    expect((await ask(unknown)).source.kind).toBe('defender');
    expect(tenant.asked).toHaveLength(2);
  });

  it('is not kept where it is a fault of Defender’s', async () => {
    const { tenant, ask } = setUp();
    tenant.next(json(503, {}));
    expect((await ask(machine)).answer).toMatchObject({ status: 503 });
    expect((await ask(machine)).answer).toMatchObject({ status: 200 });
  });

  it.each<[string, Partial<Freshness>, number, 'cache' | 'defender']>([
    ['who wants a new one', { isNew: true }, 1, 'defender'],
    ['who takes none older than it is', { maxAge: 5 }, 10, 'defender'],
    ['who takes older ones', { maxAge: 60 }, 10, 'cache'],
    ['who wants it fresh for longer than it is', { minFresh: 295 }, 10, 'defender'],
    ['who takes it though it is stale', { maxStale: 60 }, 330, 'cache'],
    ['who takes it, but not as stale', { maxStale: 60 }, 400, 'defender'],
    ['who takes no stale one', {}, 330, 'defender'],
  ])('to %s: %j, after %d s: from the %s', async (_, freshness, seconds, from) => {
    const { clock, ask } = setUp();
    await ask(machine);
    await clock.advance(seconds * 1000 - 1000);
    expect((await ask(machine, freshness)).source.kind).toBe(from);
  });
});

describe('a question that is being asked', () => {
  it('is not asked a second time in the process', async () => {
    const { clock, tenant, start } = setUp();
    const all = Array.from({ length: 50 }, () => start(user));
    await clock.advance(1000);
    expect(tenant.asked).toHaveLength(1);
    expect(all.filter(({ told }) => told?.source.kind === 'defender' && told.source.isShared)).toHaveLength(49);
    expect(new Set(all.map(({ told }) => JSON.stringify(told?.answer))).size).toBe(1);
  });

  it('is not asked a second time in another process', async () => {
    const { clock, tenant, start } = setUp(3);
    const all = Array.from({ length: 30 }, (_, i) => start(user, {}, { process: i % 3 }));
    await clock.advance(3000);
    expect(tenant.asked).toHaveLength(1);
    expect(all.every(({ told }) => told?.answer.kind === 'answered')).toBe(true);
  });

  it('is answered by a call that began after it for who wants a new answer', async () => {
    const { clock, tenant, start } = setUp(1, 500);
    const first = start(user);
    await clock.advance(300);
    const fresh = start(user, { isNew: true });
    await clock.advance(300);
    expect(first.told?.answer.kind).toBe('answered');
    expect(fresh.told).toBeUndefined();
    await clock.advance(1000);
    expect(fresh.told?.source).toMatchObject({ kind: 'defender', isShared: false });
    expect(tenant.asked).toHaveLength(2);
  });

  it('shares the call with who wants a new answer and came before it was sent', async () => {
    const { clock, tenant, start } = setUp();
    start(user);
    const fresh = start(user, { isNew: true });
    await clock.advance(1000);
    expect(fresh.told?.answer.kind).toBe('answered');
    expect(tenant.asked).toHaveLength(1);
  });

  it('is asked anew by who comes when the call has not been answered for seconds', async () => {
    const { clock, tenant, start } = setUp(1, 60_000);
    start(user, {}, { waitMs: 2000 });
    await clock.advance(4000);
    start(user);
    await clock.advance(100);
    expect(tenant.asked).toHaveLength(2);
  });

  it('is kept for the next, though who asked has given up', async () => {
    const { clock, tenant, ask, start } = setUp(1, 3000);
    const gone = start(user, {}, { waitMs: 1000 });
    await clock.advance(2000);
    expect(gone.told?.answer.kind).toBe('late');
    await clock.advance(3000);
    expect((await ask(user)).source.kind).toBe('cache');
    expect(tenant.asked).toHaveLength(1);
  });
});

describe('an answer that another process has', () => {
  it('is given while it is fresh, and is no younger here than there', async () => {
    const { clock, tenant, ask } = setUp(2);
    await ask(machine);
    await clock.advance(60_000);
    const told = await ask(machine, {}, { process: 1 });
    expect(told.source).toMatchObject({ kind: 'cache' });
    expect(told.source.kind === 'cache' && told.source.age).toBeGreaterThanOrEqual(60);
    expect(tenant.asked).toHaveLength(1);
  });

  it('is not waited for longer than a while where that process has died', async () => {
    const { clock, start, tenant } = setUp(2, 60_000);
    start(user);
    await clock.advance(1000);
    const told = start(user, {}, { process: 1 });
    await clock.advance(11_000);
    expect(tenant.asked).toHaveLength(2);
    await clock.advance(60_000);
    expect(told.told?.answer.kind).toBe('late');
  });
});

describe('when Defender can’t be asked', () => {
  it('an older answer is given to who allowed it, with its age and why', async () => {
    const { clock, tenant, ask } = setUp();
    await ask(user);
    await clock.advance(400_000);
    tenant.next(spent);
    const told = await ask(user, { staleIfError: 3600 });
    expect(told.answer).toMatchObject({ kind: 'answered', status: 200 });
    expect(told.source).toMatchObject({ kind: 'cache', insteadOf: 'The quota is spent.' });
  });

  it.each<[string, Partial<Freshness>]>([
    ['allowed none', {}],
    ['allowed none so old', { staleIfError: 60 }],
    ['wants a new one', { staleIfError: 3600, isNew: true }],
  ])('none is given to who %s', async (_, freshness) => {
    const { clock, tenant, ask } = setUp();
    await ask(user);
    await clock.advance(400_000);
    tenant.next(spent);
    expect((await ask(user, freshness)).answer).toEqual(spent);
  });

  it('nothing is asked for who takes only what is kept', async () => {
    const { tenant, ask } = setUp(2);
    expect(await ask(user, { onlyIfCached: true })).toMatchObject({
      answer: { kind: 'notCached' },
      source: { kind: 'nowhere' },
    });
    expect(tenant.asked).toEqual([]);
    await ask(user);
    expect((await ask(user, { onlyIfCached: true })).source.kind).toBe('cache');
    expect((await ask(user, { onlyIfCached: true }, { process: 1 })).source.kind).toBe('cache');
    expect(tenant.asked).toHaveLength(1);
  });

  it('nothing is kept of what was asked for by who does not want that', async () => {
    const { tenant, ask } = setUp();
    await ask(user, { noStore: true });
    await ask(user);
    expect(tenant.asked).toHaveLength(2);
  });
});
