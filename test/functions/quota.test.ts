import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { quota } from '../../src/functions/quota.ts';
import type { QuotaPage } from '../../src/functions/quotaPage.ts';
import type { Services } from '../../src/functions/services.ts';
import { timingFor } from '../../src/quota/guard.ts';
import type { Ledger } from '../../src/quota/ledger.ts';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { memoryLedger } from '../../src/quota/memoryLedger.ts';
import { memorySpend } from '../../src/quota/memorySpend.ts';
import { emptyRow } from '../../src/quota/newLedger.ts';
import { usualPolicy } from '../../src/quota/policy.ts';
import { createQuotas } from '../../src/quota/quotas.ts';
import { minuteOf, type SpendStore } from '../../src/quota/spend.ts';
import { encodeSpend } from '../../src/quota/spendCodec.ts';
import { withKey } from '../support/callers.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { quietLog } from '../support/quietLog.ts';
import { scriptedFetch } from '../support/scriptedFetch.ts';
import { servicesOn } from '../support/services.ts';

const clock = fakeClock();
const limits = parseLimits('100/60,1500/3600');
const { fetch } = scriptedFetch('silence');
const down = () => Promise.reject(Object.assign(new Error('host secret.example refused'), { statusCode: 403 }));

const rowWith = (more: Partial<LedgerRow>): LedgerRow => {
  const settings = { limits, timing: timingFor(limits), policy: usualPolicy, newLedger: 'unused' as const };
  return { ...emptyRow(settings, 'first', clock.wall()), ...more };
};

/** Services with these ledgers, of other processes' making. */
const servicesWith = (ledgers: Readonly<Record<string, Ledger>>, spend: SpendStore = memorySpend(clock)): Services => {
  const quotas = createQuotas({
    scope: 'route',
    limits,
    timing: timingFor,
    newLedger: 'unused',
    ledger: (name) => ledgers[name] ?? memoryLedger(clock),
    concurrency: 10,
    clock,
    log: quietLog,
  });
  for (const name of Object.keys(ledgers)) quotas.of({ name });
  return servicesOn(clock, fetch, { quotas, spend });
};
const ledgerWith = async (more: Partial<LedgerRow>) => {
  const ledger = memoryLedger(clock);
  await ledger.swap(undefined, rowWith(more));
  return ledger;
};

const logged: unknown[] = [];
const get = async (services: Services) => {
  const context = new InvocationContext({ functionName: 'quota', logHandler: (_, ...args) => logged.push(...args) });
  const url = 'https://gateway.example/gateway/quota';
  const headers = { 'x-request-id': 'r-1', 'x-functions-key': 'secret' };
  const answering = quota(services).handler(new HttpRequest({ method: 'GET', url, headers }), context, withKey);
  await clock.advance(6000);
  const answer = (await answering) as HttpResponseInit;
  return { status: answer.status, headers: answer.headers as Record<string, string>, body: String(answer.body) };
};
const pageOf = async (services: Services): Promise<QuotaPage> => JSON.parse((await get(services)).body);

const calls = (count: number, at: number) => Array.from({ length: count }, () => ({ at, by: 'background' as const }));

describe('the quota page', () => {
  it('shows how each quota stands that somebody has used, and names the others', async () => {
    const now = clock.wall();
    const listMachines = await ledgerWith({ seq: 42, log: calls(3, now - 30_000) });
    const page = await pageOf(servicesWith({ listMachines, alertMachine: memoryLedger(clock) }));
    expect(page.unused).toEqual(['alertMachine']);
    expect(page.quotas).toHaveLength(1);
    expect(page.quotas[0]).toMatchObject({
      name: 'listMachines',
      summary: 'open: 97 of 100 left (minute), 1497 of 1500 left (hour)',
      limits: [
        { name: 'minute', calls: 100, seconds: 60, used: 3, usedBy: { background: 3 }, left: 97 },
        { name: 'hour', calls: 1500, seconds: 3600, used: 3, left: 1497 },
      ],
      nextFree: { interactive: { inSeconds: 0 }, background: { inSeconds: 0 } },
      blocked: null,
      forecast: { callsPerHour: 36, exhaustedInSeconds: null },
      ledger: { seq: 42 },
    });
  });

  it('says who spent it, in all processes, and what that cost', async () => {
    const spend = memorySpend(clock);
    const each = { minute: minuteOf(clock.wall()), quota: 'listMachines', count: 10 };
    const save = (owner: string, caller: string, kind: 'interactive' | 'background') =>
      spend.save(
        {
          owner,
          spent: [
            { ...each, caller, kind },
            { ...each, caller: '', kind: 'ledger', count: 11 },
          ],
        },
        [],
      );
    await save('one', 'key-1', 'interactive');
    await save('two', 'key-1', 'background');
    spend.overwrite('three', { ...encodeSpend([]), format: 9 });
    const page = await pageOf(servicesWith({ listMachines: await ledgerWith({}) }, spend));
    expect(page.quotas[0]).toMatchObject({
      spend: { calls: 20, byClass: { interactive: 10, background: 10 }, byCaller: { 'key-1': { interactive: 10 } } },
      ledgerTransactionsPerCall: 1.1,
    });
    expect(page.spendIsOf).toEqual({ processes: 2, unreadable: 1 });
  });

  it('says why nothing goes, and until when', async () => {
    const block = { until: clock.wall() + 40_000, seconds: 60 };
    const blocked = await ledgerWith({ block });
    const young = await ledgerWith({ learningSince: clock.wall() });
    const page = await pageOf(servicesWith({ listMachines: blocked, alertMachine: young }));
    expect(page.quotas[0]).toMatchObject({
      blocked: { because: 'blocked', at: new Date(block.until).toISOString(), reason: expect.stringContaining('60 s') },
      limits: [{ left: 0 }, { left: 0 }],
    });
    expect(page.quotas[0]?.summary).toMatch(/^blocked for \d\d s: Defender answered 429/);
    expect(page.quotas[1]).toMatchObject({ blocked: { because: 'learning' } });
  });

  it('says that it is spent, and when the next call goes', async () => {
    const full = await ledgerWith({ log: calls(100, clock.wall()) });
    const page = await pageOf(servicesWith({ listMachines: full }));
    expect(page.quotas[0]?.summary).toMatch(/^spent: the next call can go in \d\d s; 0 of 100 left \(minute\)/);
  });

  it('shows a ledger that can’t be used beside those that can', async () => {
    const spoilt = memoryLedger(clock);
    spoilt.overwrite({ format: 99 });
    const page = await pageOf(servicesWith({ listMachines: spoilt, alertMachine: await ledgerWith({}) }));
    expect(page.quotas).toEqual([
      { name: 'listMachines', summary: expect.stringMatching(/^closed: .*format 99/) },
      expect.objectContaining({ name: 'alertMachine' }),
    ]);
  });

  it('is made for people, and for no cache', async () => {
    const { status, headers, body } = await get(servicesWith({ listMachines: await ledgerWith({}) }));
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': 'r-1' });
    expect(body.split('\n').length).toBeGreaterThan(10);
    expect(Math.max(...body.split('\n').map(({ length }) => length))).toBeLessThan(200);
    expect(body).not.toContain('secret');
  });

  it.each<[string, () => Promise<Services>]>([
    ['a ledger', async () => servicesWith({ listMachines: { ...memoryLedger(clock), read: down } })],
    [
      'what was spent',
      async () => servicesWith({ listMachines: await ledgerWith({}) }, { ...memorySpend(clock), read: down }),
    ],
  ])('says so where %s can’t be read, and shows nothing of its own', async (_, create) => {
    const { status, headers, body } = await get(await create());
    expect(status).toBe(503);
    expect(headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store', 'x-request-id': 'r-1' });
    expect(JSON.parse(body)).toEqual({
      error: {
        code: 'ServiceUnavailable',
        message: expect.stringContaining('Table storage cannot be read (403)'),
        target: 'r-1',
      },
    });
    expect(body).not.toContain('secret.example');
    expect(JSON.stringify(logged)).toContain('secret.example');
  });

  it('does not wait for a store that never answers', async () => {
    const silent = { ...memoryLedger(clock), read: () => new Promise<never>(() => undefined) };
    expect((await get(servicesWith({ listMachines: silent }))).status).toBe(503);
  });
});
