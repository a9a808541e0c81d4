import { timingFor } from '../../src/quota/guard.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { type MemoryLedger, memoryLedger } from '../../src/quota/memoryLedger.ts';
import { createQuotas, type Quota } from '../../src/quota/quotas.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { recordedLog } from '../support/recordedLog.ts';
import { atOnce } from './support/gates.ts';

const setUp = (scope: 'route' | 'application') => {
  const clock = fakeClock();
  const log = recordedLog();
  const ledgers = new Map<string, MemoryLedger>();
  const quotas = createQuotas({
    scope,
    limits: parseLimits('20/6'),
    timing: timingFor,
    newLedger: 'unused',
    ledger: (name) => {
      const ledger = memoryLedger(clock);
      ledgers.set(name, ledger);
      return ledger;
    },
    concurrency: 50,
    clock,
    log,
  });
  const call = (quota: Quota, retryAfterSeconds?: number) =>
    quota.gate.pass(atOnce, async () => ({
      value: 1,
      throttled: retryAfterSeconds === undefined ? undefined : { retryAfterSeconds },
    }));
  return { clock, log, ledgers, quotas, call };
};

describe('quotas', () => {
  it('are one for each call, made at its first use and once', () => {
    const { quotas, ledgers } = setUp('route');
    const machines = quotas.of({ name: 'machines' });
    expect(quotas.of({ name: 'users' })).not.toBe(machines);
    expect(quotas.of({ name: 'machines' })).toBe(machines);
    expect(quotas.all().map(({ name }) => name)).toEqual(['machines', 'users']);
    expect([...ledgers.keys()]).toEqual(['machines', 'users']);
  });

  it('are one for all calls of an application', () => {
    const { quotas } = setUp('application');
    const one = quotas.of({ name: 'machines', limits: parseLimits('5/6') });
    expect(quotas.of({ name: 'users' })).toBe(one);
    expect(one.name).toBe('application');
  });

  it('have the limits of their call where it has some; the application’s are for all', async () => {
    const limitsIn = async (scope: 'route' | 'application') => {
      const { clock, quotas, call } = setUp(scope);
      const quota = quotas.of({ name: 'states', limits: parseLimits('5/6') });
      void call(quota);
      await clock.advance(50);
      return quota.gate.seen?.row.limits;
    };
    expect(await limitsIn('route')).toEqual(parseLimits('5/6'));
    expect(await limitsIn('application')).toEqual(parseLimits('20/6'));
  });

  it('report a 429 that all calls together explain, and not one that its own do', async () => {
    const { clock, log, quotas, call } = setUp('route');
    const [machines, users] = [quotas.of({ name: 'machines' }), quotas.of({ name: 'users' })];
    for (let i = 0; i < 11; i++) void call(users);
    await clock.advance(100);
    for (let i = 0; i < 8; i++) void call(machines);
    void call(machines, 3);
    await clock.advance(100);
    const told = log.lines.filter(({ message }) => message.includes('QUOTA_SCOPE=application'));
    expect(told).toMatchObject([{ quota: 'machines', own: 9, all: 20 }]);
  });

  it('do not report a 429 that nothing explains', async () => {
    const { clock, log, quotas, call } = setUp('route');
    void call(quotas.of({ name: 'users' }));
    void call(quotas.of({ name: 'machines' }), 3);
    await clock.advance(100);
    expect(log.lines.filter(({ message }) => /QUOTA_SCOPE/.test(message))).toEqual([]);
  });
});
