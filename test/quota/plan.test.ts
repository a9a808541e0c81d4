import { guarded, timingFor } from '../../src/quota/guard.ts';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { plan } from '../../src/quota/plan.ts';

const now = 1_795_000_000_000;
const limits = parseLimits('2/60');
const timing = timingFor(limits);
const [window] = guarded(limits, timing);
const widened = window?.milliseconds ?? 0;

const version = (row: Partial<LedgerRow> = {}, stampedAt = now) => ({
  etag: 'e',
  stampedAt,
  row: { seq: 7, limits, timing, log: [], held: [], told: [], ...row },
});
const demand = (waits: readonly number[], more: object = {}) => ({
  owner: 'me',
  nextNumber: 1,
  notAfter: waits.map((wait) => now + wait),
  released: [],
  from: now,
  ...more,
});
const slot = (at: number, owner = 'other', number = 1) => ({ at, owner, number });

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
    const { next, outcomes } = plan(version({ log: [now - 10, now - 5] }), demand([1000]));
    expect(outcomes).toEqual([
      { kind: 'refused', retryAfterSeconds: Math.ceil((widened - 10) / 1000), limit: limits[0] },
    ]);
    expect(next.held).toEqual([]);
  });

  it('tells callers who are refused together seconds at which all of them can go', () => {
    const { outcomes } = plan(version({ log: [now - 10, now - 5] }), demand([0, 0, 0]));
    const seconds = outcomes.map((outcome) => outcome.kind === 'refused' && outcome.retryAfterSeconds);
    const first = Math.ceil(widened / 1000);
    expect(seconds).toEqual([first, first, Math.ceil((first * 1000 + 500 + widened) / 1000)]);
  });

  it('lets a caller who can wait have an instant that others were only told', () => {
    const { outcomes } = plan(version({ log: [now - 10, now - 5], told: [now - 10 + widened] }), demand([100_000]));
    expect(outcomes).toEqual([{ kind: 'granted', slot: slot(now - 10 + widened, 'me', 1) }]);
  });

  it('takes back slots that their owner will not send, and only its own', () => {
    const held = [slot(now + 1, 'me', 4), slot(now + 2, 'other', 4)];
    const { next } = plan(version({ held }), demand([], { released: [4] }));
    expect(next.held).toEqual([slot(now + 2, 'other', 4)]);
  });

  it('keeps a slot that can no longer be sent as a call that was made', () => {
    const { next } = plan(version({ held: [slot(now - timing.sendSlackMs - 1)] }), demand([]));
    expect(next).toMatchObject({ held: [], log: [now - timing.sendSlackMs - 1] });
  });

  it('forgets a call only when the store says that it is older than the longest widened window', () => {
    const log = [now - widened - 1, now - widened];
    expect(plan(version({ log }), demand([])).next.log).toEqual([now - widened]);
  });

  it('gives no slot before the time of the version it builds on, whatever this process believes', () => {
    const { outcomes } = plan(version({}, now + 500), demand([1000]));
    expect(outcomes).toEqual([{ kind: 'granted', slot: slot(now + 500, 'me', 1) }]);
  });
});
