import type { Throttled } from '../../src/quota/feedback.ts';
import type { Version } from '../../src/quota/ledger.ts';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { sharedLimit, watchScope } from '../../src/quota/scopeWatch.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { recordedLog } from '../support/recordedLog.ts';
import { burstAt, callsAt, now, rowOf, slotsAt, versionOf } from './support/ledgerRows.ts';

const told: Throttled = { retryAfterSeconds: 3 };
const used = (count: number, more: Partial<LedgerRow> = {}) =>
  versionOf(rowOf('20/6', { log: burstAt('interactive', now - 1000, count), ...more }));
const shared = (machines: Version | undefined, users: Version | undefined, throttled = told) =>
  sharedLimit(
    new Map([
      ['machines', machines],
      ['users', users],
    ]),
    'machines',
    throttled,
    now,
  );

describe('the limit that all calls together fill', () => {
  it('is one that the own calls do not fill', () => {
    expect(shared(used(8), used(12))).toEqual({ limit: '20/6', own: 8, all: 20 });
    expect(shared(used(8), used(11))).toBeUndefined();
    expect(shared(used(20), used(20))).toBeUndefined();
  });

  it('is filled neither by foreign calls, nor by slots to come, nor by calls that left the window', () => {
    const others = [
      used(11, { log: [...burstAt('interactive', now - 1000, 11), ...burstAt('foreign', now - 900, 9)] }),
      used(11, { held: slotsAt('a', 'background', now + 100) }),
      used(11, { log: [...callsAt('interactive', now - 6000), ...burstAt('interactive', now - 1000, 11)] }),
    ];
    for (const other of others) expect(shared(used(8), other)).toBeUndefined();
    expect(shared(used(8), used(11, { held: slotsAt('a', 'background', now) }))).toMatchObject({ all: 20 });
  });

  it('is the one that the 429 named', () => {
    const row = (count: number) => versionOf(rowOf('20/6,100/60', { log: burstAt('interactive', now - 1000, count) }));
    const named = { retryAfterSeconds: 3, limit: { calls: 100, seconds: 60 } };
    expect(shared(row(15), row(15), named)).toBeUndefined();
    expect(shared(row(15), row(15))).toMatchObject({ limit: '20/6', all: 30 });
  });

  it('is none where there is no ledger of the own calls', () => {
    expect(shared(undefined, used(20))).toBeUndefined();
  });
});

describe('a watch on the scope', () => {
  const setUp = (scope: 'route' | 'application', read: () => Promise<Version | undefined> = async () => used(12)) => {
    const clock = fakeClock();
    const log = recordedLog();
    let reads = 0;
    const ledger = {
      read: () => {
        reads += 1;
        return read();
      },
    };
    const quotas = () => [
      { name: 'machines', ledger },
      { name: 'users', ledger },
    ];
    return { clock, log, watch: watchScope({ scope, quotas, clock, log }), reads: () => reads };
  };

  it('reports such a 429 with the setting to change, and the numbers', async () => {
    const { log, watch } = setUp('route');
    await watch('machines', told, now);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: expect.stringContaining('set QUOTA_SCOPE=application'),
        quota: 'machines',
        limit: '20/6',
        own: 12,
        all: 24,
      },
    ]);
  });

  it('looks once a minute at most', async () => {
    const { clock, log, watch, reads } = setUp('route');
    await watch('machines', told, now);
    await clock.advance(59_999);
    await watch('users', told, now);
    expect([log.lines.length, reads()]).toEqual([1, 2]);
    await clock.advance(1);
    await watch('users', told, now);
    expect([log.lines.length, reads()]).toEqual([2, 4]);
  });

  it('looks at nothing where all calls share one quota already', async () => {
    const { log, watch, reads } = setUp('application');
    await watch('application', told, now);
    expect([log.lines, reads()]).toEqual([[], 0]);
  });

  it('says so, and does not fail, where the ledgers cannot be read', async () => {
    const { log, watch } = setUp('route', () => Promise.reject(new Error('connect ECONNREFUSED')));
    await expect(watch('machines', told, now)).resolves.toBeUndefined();
    expect(log.lines).toMatchObject([{ level: 'warn', fault: 'Error: connect ECONNREFUSED' }]);
  });
});
