/** Stories in which the machines once told the wrong thing, or spent a call for nothing. */

import { callNamed } from '../../src/defender/calls.ts';
import type { AskOptions } from '../../src/defender/client.ts';
import type { Question } from '../../src/defender/question.ts';
import { createFlight, riderOf } from '../../src/machines/flight.ts';
import { memoryAnswers, memoryRows } from '../../src/machines/memoryAnswers.ts';
import type { Told } from '../../src/machines/told.ts';
import { type Freshness, usualFreshness, type Wish } from '../../src/machines/wish.ts';
import { question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { machinesOn } from '../support/services.ts';
import { json, tenantOf } from './support/tenant.ts';

const id = 'a'.repeat(40);
const user = question('userMachines', { pathValue: 'user1' });
const byName = (name: string) => question('listMachines', { query: [['$filter', `computerDnsName eq '${name}'`]] });
const spent = { kind: 'throttled', retryAfterSeconds: 40, message: 'spent' } as const;

const setUp = (dialect: Parameters<typeof tenantOf>[2] = {}) => {
  const clock = fakeClock(1);
  const tenant = tenantOf(clock, [{ id, computerDnsName: 'srv1' }], dialect);
  const rows = memoryRows(clock);
  let isSpent = false;
  const ask: typeof tenant.defender.ask = async (call, asked, options) => {
    if (!isSpent) return tenant.defender.ask(call, asked, options);
    await clock.sleep(20, options.signal);
    return spent;
  };
  const processes = ['one', 'two'].map((owner) =>
    machinesOn(clock, { ...tenant.defender, ask }, { shared: memoryAnswers(clock, { owner, rows }) }),
  );
  const start = (process: number, asked: Question, waitMs: number, more: Partial<Freshness> = {}) => {
    const seen: { told?: Told; after?: number } = {};
    const since = clock.monotonic();
    const wish: Wish = { waitMs, priority: 'interactive', freshness: { ...usualFreshness, ...more } };
    const told = processes[process]?.machines.ask(asked, wish);
    void told?.then((answer) => Object.assign(seen, { told: answer, after: clock.monotonic() - since }));
    return seen;
  };
  return { clock, tenant, start, spend: (spending: boolean) => (isSpent = spending) };
};

describe('a lookup whose callers went and came', () => {
  it('is never asked as the whole fleet', async () => {
    const { clock, tenant, start, spend } = setUp({ latencyMs: 60_000 });
    start(0, byName('srv1'), 30_000);
    await clock.advance(200);
    const waits = start(1, byName('srv1'), 30_000);
    await clock.advance(200);
    spend(true);
    start(1, byName('srv1'), 1000, { isNew: true });
    await clock.advance(200);
    spend(false);
    await clock.advance(40_000);
    expect(waits.told).toBeDefined();
    expect(new Set(tenant.asked)).toEqual(new Set(["/api/machines?$filter=computerDnsName eq 'srv1'"]));
  });

  it('goes soon for who joins it late and can’t wait', async () => {
    const { clock, tenant, start } = setUp({ latencyMs: 5000 });
    start(0, byName('srv2'), 30_000);
    await clock.advance(100);
    start(0, byName('srv1'), 30_000);
    await clock.advance(50);
    start(0, byName('srv1'), 500);
    await clock.advance(50);
    expect(tenant.asked).toHaveLength(2);
  });
});

describe('an answer that can’t be read', () => {
  it.each(['[]', '{}', '{"value":5}', '{"value":[null]}', '{"value":[{"id":5}]}', '{"error":{"code":"busy"}}'])(
    'is not kept: %s',
    async (body) => {
      const { clock, tenant, start } = setUp();
      tenant.next({ kind: 'answered', status: 200, headers: {}, body: new TextEncoder().encode(body) });
      const first = start(0, user, 30_000);
      await clock.advance(1000);
      expect(first.told?.source).toMatchObject({ kind: 'defender', freshFor: undefined });
      const again = [start(0, user, 30_000), start(1, user, 30_000)];
      await clock.advance(2000);
      expect(again.map(({ told }) => told?.answer)).toEqual([tenant.answerTo(user), tenant.answerTo(user)]);
    },
  );
});

describe('another process', () => {
  it.each([400, 403, 500])('does not wait for an answer that was %d', async (status) => {
    const { clock, tenant, start } = setUp();
    tenant.next(json(status, { error: { code: 'x' } }));
    start(0, user, 30_000);
    await clock.advance(1000);
    start(1, user, 30_000);
    await clock.advance(1000);
    expect(tenant.asked).toHaveLength(2);
  });

  it('is waited for by each only as long as half of its own time', async () => {
    const { clock, tenant, start } = setUp({ latencyMs: 60_000 });
    start(0, user, 30_000);
    await clock.advance(500);
    start(1, user, 200_000);
    await clock.advance(100);
    start(1, user, 1000);
    await clock.advance(700);
    expect(tenant.asked).toHaveLength(2);
  });

  it('is not waited for at all by who can’t wait', async () => {
    const { clock, tenant, start } = setUp({ latencyMs: 60_000 });
    start(0, user, 30_000);
    await clock.advance(500);
    start(1, user, 0);
    await clock.advance(100);
    expect(tenant.asked).toHaveLength(2);
  });

  it('is not let in on a question by a call that ended when a newer one is on its way', async () => {
    const { clock, tenant, start } = setUp({ latencyMs: 60_000 });
    start(0, user, 5000);
    await clock.advance(4000);
    start(0, user, 30_000);
    await clock.advance(2000);
    const before = tenant.asked.length;
    start(1, user, 30_000);
    await clock.advance(1000);
    expect(tenant.asked).toHaveLength(before);
  });
});

describe('an answer that comes too late for its caller', () => {
  it.each([
    [1000, 2000],
    [5000, 8000],
    [10_000, 20_000],
  ])('is kept (wait %d ms, answer after %d ms)', async (waitMs, latencyMs) => {
    const { clock, start } = setUp({ latencyMs });
    const gone = start(0, user, waitMs);
    await clock.advance(30_000);
    expect(gone.told?.answer.kind).toBe('late');
    const later = start(0, user, waitMs, { onlyIfCached: true });
    await clock.advance(100);
    expect(later.told?.source.kind).toBe('cache');
  });
});

describe('lookups whose merged form is refused otherwise than by 400', () => {
  it.each([414, 431, 501, 500])('are asked in another form (%d)', async (status) => {
    const { clock, tenant, start } = setUp();
    tenant.next(json(status, {}));
    const both = [start(0, byName('srv1'), 30_000), start(0, byName('srv2'), 30_000)];
    await clock.advance(3000);
    expect(both.map(({ told }) => told?.answer)).toEqual(
      [byName('srv1'), byName('srv2')].map((asked) => tenant.answerTo(asked)),
    );
  });

  it('do not multiply the calls of a Defender that is out of order', async () => {
    const { clock, tenant, start } = setUp();
    for (let i = 0; i < 20; i++) tenant.next(json(500, {}));
    const all = Array.from({ length: 20 }, (_, i) => start(0, byName(`srv${i}`), 30_000));
    await clock.advance(3000);
    expect(tenant.asked).toHaveLength(2);
    expect(all.every(({ told }) => told?.answer.kind === 'answered' && told.answer.status === 500)).toBe(true);
  });
});

describe('a refusal', () => {
  it('that another class was told is nobody else’s', async () => {
    const clock = fakeClock(1);
    const asked: string[] = [];
    const ask = async ({ priority }: AskOptions) => {
      asked.push(priority);
      await clock.sleep(100);
      return { ...spent, retryAfterSeconds: priority === 'interactive' ? 40 : 900 };
    };
    const flight = createFlight({ clock, call: callNamed('machine'), ask });
    const at = clock.monotonic();
    void flight.board(riderOf({ waitMs: 10_000, priority: 'interactive' }, at));
    const slow = flight.board(riderOf({ waitMs: 30_000, priority: 'background' }, at));
    await clock.advance(60_000);
    expect((await slow).answer).toMatchObject({ retryAfterSeconds: 900 });
    expect(asked).toEqual(['interactive', 'background']);
  });
});
