import { type Feedback, foreignCalls, learnt, type Throttled } from '../../src/quota/feedback.ts';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { burstAt, callsAt, now, rowOf, slot, usual, widened } from './support/ledgerRows.ts';

const mine = slot(now - 5, 'interactive', 'me', 7);
const refused = (throttled: Throttled, at = now, by = mine): Feedback => ({
  kind: 'throttled',
  slot: by,
  at,
  throttled,
});
const foreign = ({ log }: LedgerRow) => log.filter(({ by }) => by === 'foreign').map(({ at }) => at);

describe('how many calls of others a 429 reveals', () => {
  const row = rowOf(usual, {
    log: [...burstAt('interactive', now - 600_000, 1400), ...burstAt('background', now - 30_000, 30)],
    held: [mine],
  });

  it('is what is missing in the limit that it named', () => {
    const named = (seconds: number) => foreignCalls(row, now, { retryAfterSeconds: 20, limit: { calls: 1, seconds } });
    expect(named(60)).toEqual({ limit: { calls: 100, seconds: 60 }, calls: 69 });
    expect(named(3600)).toEqual({ limit: { calls: 1500, seconds: 3600 }, calls: 69 });
  });

  it('is the fewest that explain it, where it named none', () => {
    const more = { ...row, log: [...row.log, ...callsAt('enrichment', now - 400_000)] };
    expect(foreignCalls(more, now, { retryAfterSeconds: 20 })).toEqual({
      limit: { calls: 1500, seconds: 3600 },
      calls: 68,
    });
    const idle = rowOf(usual, { held: [mine] });
    expect(foreignCalls(idle, now, { retryAfterSeconds: 20 })).toEqual({
      limit: { calls: 100, seconds: 60 },
      calls: 99,
    });
  });

  it('is not of a window that is shorter than the wait it asks for', () => {
    const idle = rowOf(usual, { held: [mine] });
    expect(foreignCalls(idle, now, { retryAfterSeconds: 61 }).limit.seconds).toBe(60);
    expect(foreignCalls(idle, now, { retryAfterSeconds: 62 }).limit.seconds).toBe(3600);
    expect(foreignCalls(idle, now, { retryAfterSeconds: 9999 }).limit.seconds).toBe(3600);
  });

  it('does not count slots that are still to come, nor calls that have left the window', () => {
    const limited = rowOf('5/60', {
      log: callsAt('interactive', now - 60_000, now - 59_999),
      held: [{ ...mine, at: now + 1 }],
    });
    expect(foreignCalls(limited, now, { retryAfterSeconds: 1 }).calls).toBe(4);
  });
});

describe('a 429', () => {
  const row = rowOf('20/6', { log: burstAt('interactive', now - 100, 4), held: [mine] });
  const [window = 0] = widened(row);

  it('closes the quota for the seconds it asks for', () => {
    expect(learnt(row, [refused({ retryAfterSeconds: 4 })]).block).toEqual({ until: now + 4000, seconds: 4 });
  });

  it('fills the window with calls of others, evenly, so that the first leaves it when one call will be free', () => {
    const instants = foreign(learnt(row, [refused({ retryAfterSeconds: 4 })]));
    expect(instants).toHaveLength(15);
    expect(instants[0]).toBe(now - window + 4000);
    const gaps = instants.map((at, i) => (instants[i + 1] ?? now) - at);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  });

  it('leaves the log in order', () => {
    const { log } = learnt(row, [refused({ retryAfterSeconds: 4 })]);
    expect(log.map(({ at }) => at)).toEqual(log.map(({ at }) => at).sort((a, b) => a - b));
  });

  it('adds nothing where the window is full by the own count', () => {
    const full = rowOf('20/6', { log: burstAt('interactive', now - 100, 20) });
    const after = learnt(full, [refused({ retryAfterSeconds: 4 })]);
    expect(after.log).toEqual(full.log);
    expect(after.block).toBeDefined();
  });

  it('adds nothing when it is the second at once, and keeps the later end', () => {
    const once = learnt(row, [refused({ retryAfterSeconds: 4 })]);
    const twice = learnt(once, [refused({ retryAfterSeconds: 2 }, now + 10, { ...mine, number: 8 })]);
    expect(twice.log).toEqual(once.log);
    expect(twice.block?.until).toBe(now + 4000);
  });

  it('closes it for an hour at most', () => {
    expect(learnt(row, [refused({ retryAfterSeconds: 86_400 })]).block?.until).toBe(now + 3_600_000);
  });
});

describe('the answer of a probe', () => {
  const probing = (seconds: number) => rowOf('20/6', { block: { until: now, seconds, probe: mine } });

  it('opens the quota', () => {
    expect(learnt(probing(4), [{ kind: 'open', slot: mine }]).block).toBeUndefined();
  });

  it('opens it only if it is that probe’s', () => {
    const others = [
      { ...mine, number: 8 },
      { ...mine, owner: 'other' },
    ];
    for (const other of others) expect(learnt(probing(4), [{ kind: 'open', slot: other }]).block).toBeDefined();
  });

  it('doubles the wait if it is a 429, and the next probe doubles it again', () => {
    const again = learnt(probing(4), [refused({ retryAfterSeconds: 3 })]);
    expect(again.block).toEqual({ until: now + 8000, seconds: 8 });
    const third = learnt({ ...again, block: { until: now + 8000, seconds: 8, probe: mine } }, [
      refused({ retryAfterSeconds: 3 }, now + 9000),
    ]);
    expect(third.block).toEqual({ until: now + 9000 + 16_000, seconds: 16 });
  });

  it('waits as long as it was told where that is more than double, and an hour at most', () => {
    expect(learnt(probing(4), [refused({ retryAfterSeconds: 30 })]).block?.seconds).toBe(30);
    expect(learnt(probing(2000), [refused({ retryAfterSeconds: 3 })]).block?.seconds).toBe(3600);
  });
});
