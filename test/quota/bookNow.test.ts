import { plan } from '../../src/quota/plan.ts';
import type { PriorityClass } from '../../src/quota/priorityClass.ts';
import {
  burstAt,
  callsAt,
  demandOf,
  now,
  promised,
  rowOf,
  slot,
  slotsIn,
  versionOf,
  widened,
} from './support/ledgerRows.ts';

const asked = (row: ReturnType<typeof rowOf>, waits: readonly number[], from = now) =>
  plan(
    versionOf(row, from),
    demandOf({ from, wants: waits.map((wait) => ({ by: 'interactive' as const, notAfter: from + wait })) }),
  );

describe('an interactive caller', () => {
  const full = rowOf('2/60', { log: callsAt('interactive', now - 10, now - 5) });
  const [window = 0] = widened(full);

  it('has the first instant that the limits allow, however far ahead that is', () => {
    expect(slotsIn(asked(full, [100_000, 100_000, 200_000]).outcomes).map(({ at }) => at)).toEqual([
      now - 10 + window,
      now - 5 + window,
      now - 10 + 2 * window,
    ]);
  });

  it('is served on the last millisecond of its time, and not after it', () => {
    expect(slotsIn(asked(full, [window - 10]).outcomes)).toHaveLength(1);
    expect(slotsIn(asked(full, [window - 11]).outcomes)).toHaveLength(0);
  });

  it('is not told an instant that goes to one who came later and waits', () => {
    const { outcomes } = asked(full, [0, 0, 100_000]);
    const waits = slotsIn(outcomes)[0]?.at ?? 0;
    const told = outcomes.map((outcome) =>
      outcome.kind === 'refused' ? outcome.retryAfterSeconds * 1000 + now : waits,
    );
    expect(waits).toBe(now - 10 + window);
    expect(told.map((at) => Math.floor((at - now) / window))).toEqual([1, 2, 0]);
  });

  it('leaves a call to one of a lower class who was told to come, if that class has a minimum left', () => {
    const log = callsAt('interactive', now - 10, now - 9, now - 8);
    const granted = (told: readonly PriorityClass[]) => {
      const row = rowOf('3/60', { log, told: told.map((by) => promised(now + window, by)) });
      return slotsIn(asked(row, Array(3).fill(window - 1)).outcomes).length;
    };
    expect([granted([]), granted(['background']), granted(['background', 'background'])]).toEqual([3, 2, 2]);
  });
});

describe('an interactive caller while Defender asked for a pause', () => {
  const until = now + 9000;
  const blocked = rowOf('20/6', { block: { until, seconds: 9 }, log: burstAt('interactive', now - 20, 5) });

  it('is the probe if it can wait so long, and the next one waits for its answer', () => {
    const { next, outcomes } = asked(blocked, [20_000, 20_000]);
    const probe = slot(until, 'interactive', 'me', 1);
    expect(next.block).toEqual({ until, seconds: 9, probe });
    expect(outcomes).toEqual([
      { kind: 'granted', slot: probe },
      { kind: 'waiting', until: now + 1000, expected: until + 500 },
    ]);
  });

  it('is refused until then if it cannot', () => {
    expect(asked(blocked, [8999]).outcomes).toMatchObject([
      { kind: 'refused', retryAfterSeconds: 9, because: 'blocked' },
    ]);
  });

  it('looks again each second while the probe is under way, and sooner where it will be over', () => {
    const row = { ...blocked, block: { until, seconds: 9, probe: slot(until, 'interactive', 'other', 1) } };
    expect(asked(row, [20_000], until - 5000).outcomes).toEqual([
      { kind: 'waiting', until: until - 4000, expected: until + 500 },
    ]);
    expect(asked(row, [20_000], until + 100).outcomes).toEqual([
      { kind: 'waiting', until: until + 500, expected: until + 500 },
    ]);
    expect(asked(row, [100], until - 5000).outcomes).toMatchObject([{ kind: 'refused', retryAfterSeconds: 6 }]);
  });

  it('is the next probe where the first was not answered in a twelfth of the shortest window', () => {
    const probe = slot(until, 'interactive', 'dead', 1);
    const row = { ...blocked, block: { until, seconds: 9, probe } };
    const { outcomes, next } = asked(row, [20_000], until + 501);
    expect(slotsIn(outcomes)).toEqual([slot(until + 501, 'interactive', 'me', 1)]);
    expect(next.block?.probe?.owner).toBe('me');
  });
});
