import { guarded, timingFor } from '../../src/quota/guard.ts';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { plan } from '../../src/quota/plan.ts';
import { usualPolicy } from '../../src/quota/policy.ts';

const now = 1_795_000_000_000;
const limits = parseLimits('2/60');
const timing = timingFor(limits);
const [window] = guarded(limits, timing);
const widened = window?.milliseconds ?? 0;

const version = (row: Partial<LedgerRow> = {}, stampedAt = now) => ({
  etag: 'e',
  stampedAt,
  row: {
    seq: 7,
    epoch: 'first',
    writers: [],
    limits,
    timing,
    policy: usualPolicy,
    log: [],
    held: [],
    told: [],
    turns: [],
    foreignGone: 0,
    burst: { calls: 0, seenAt: 0 },
    ...row,
  },
});
const demand = (waits: readonly number[], more: object = {}) => ({
  owner: 'me',
  writer: 'me.1',
  nextNumber: 1,
  wants: waits.map((wait) => ({ by: 'interactive' as const, notAfter: now + wait })),
  released: [],
  feedback: [],
  told: [],
  from: now,
  ...more,
});
const slot = (at: number, owner = 'other', number = 1) => ({ at, by: 'interactive' as const, owner, number });
const calls = (...instants: number[]) => instants.map((at) => ({ at, by: 'interactive' as const, guaranteed: false }));

describe('a round', () => {
  it('gives slots in the order the callers came, numbered, and counts the writes', () => {
    const { next, outcomes } = plan(version(), demand([1000, 1000]));
    expect(outcomes).toEqual([
      { kind: 'granted', slot: slot(now, 'me', 1) },
      { kind: 'granted', slot: slot(now, 'me', 2) },
    ]);
    expect(next.seq).toBe(8);
    expect(next.held).toHaveLength(2);
  });

  it('books nothing for a caller who cannot wait, and tells it the seconds, rounded up', () => {
    const { next, outcomes } = plan(version({ log: calls(now - 10, now - 5) }), demand([1000]));
    expect(outcomes).toEqual([
      { kind: 'refused', retryAfterSeconds: Math.ceil((widened - 10) / 1000), limit: limits[0], because: 'spent' },
    ]);
    expect(next.held).toEqual([]);
  });

  it('tells callers who are refused together seconds at which all of them can go', () => {
    const { outcomes } = plan(version({ log: calls(now - 10, now - 5) }), demand([0, 0, 0]));
    const seconds = outcomes.map((outcome) => outcome.kind === 'refused' && outcome.retryAfterSeconds);
    const first = Math.ceil(widened / 1000);
    expect(seconds).toEqual([first, first, Math.ceil((first * 1000 + 500 + widened) / 1000)]);
  });

  it('keeps an instant that a refused caller was told from others who wait, and gives it to whoever comes then', () => {
    const log = calls(now - 10, now - 5);
    const told = calls(now - 10 + widened);
    expect(plan(version({ log, told }), demand([100_000])).outcomes).toEqual([
      { kind: 'granted', slot: slot(now - 5 + widened, 'me', 1) },
    ]);
    const then = { etag: 'e', stampedAt: now - 10 + widened };
    const { outcomes, next } = plan(
      { ...version({ log, told: [...told, ...calls(now - 5 + widened)] }), ...then },
      { ...demand([]), wants: [{ by: 'interactive', notAfter: then.stampedAt }], from: then.stampedAt },
    );
    expect(outcomes).toEqual([{ kind: 'granted', slot: slot(then.stampedAt, 'me', 1) }]);
    expect(next.told).toEqual(calls(now - 5 + widened));
  });

  it('takes back slots that their owner will not send, and only its own', () => {
    const held = [slot(now + 1, 'me', 4), slot(now + 2, 'other', 4)];
    const { next } = plan(version({ held }), demand([], { released: [4] }));
    expect(next.held).toEqual([slot(now + 2, 'other', 4)]);
  });

  it('keeps a slot that can no longer be sent as a call that was made', () => {
    const { next } = plan(version({ held: [slot(now - timing.sendSlackMs - 1)] }), demand([]));
    expect(next).toMatchObject({ held: [], log: [{ at: now - timing.sendSlackMs - 1, by: 'interactive' }] });
  });

  it('forgets a call only when the store says that it is older than the longest widened window', () => {
    const log = calls(now - widened - 1, now - widened);
    expect(plan(version({ log }), demand([])).next.log).toEqual(calls(now - widened));
  });

  it('gives no slot before the time of the version it builds on, whatever this process believes', () => {
    const { outcomes } = plan(version({}, now + 500), demand([1000]));
    expect(outcomes).toEqual([{ kind: 'granted', slot: slot(now + 500, 'me', 1) }]);
  });
});
