import { parseLimits } from '../../src/quota/limits.ts';
import { plan } from '../../src/quota/plan.ts';
import {
  burstAt,
  callsAt,
  demandOf,
  now,
  rowOf,
  slot,
  slotsIn,
  usual,
  versionOf,
  wants,
  widened,
} from './support/ledgerRows.ts';

const two = (more = {}) => rowOf('2/60', { seq: 7, ...more });

describe('a round', () => {
  it('gives slots in the order the callers came, numbered, and counts the writes', () => {
    const { next, outcomes, mustWrite } = plan(
      versionOf(two()),
      demandOf({ nextNumber: 4, wants: wants(2, 'interactive', now + 1000) }),
    );
    expect(slotsIn(outcomes)).toEqual([slot(now, 'interactive', 'me', 4), slot(now, 'interactive', 'me', 5)]);
    expect(next.held).toEqual(slotsIn(outcomes));
    expect(next.seq).toBe(8);
    expect(mustWrite).toBe(true);
  });

  it('answers in the order it was asked, though higher classes are served first', () => {
    const one = rowOf('1/60');
    const { outcomes } = plan(
      versionOf(one),
      demandOf({
        wants: [...wants(1, 'background', now), ...wants(1, 'enrichment', now), ...wants(1, 'interactive', now)],
      }),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'granted']);
  });

  it('remembers the last 32 writers, the newest last', () => {
    const writers = Array.from({ length: 32 }, (_, i) => `other.${i}`);
    const { next } = plan(versionOf(two({ writers })), demandOf({ writer: 'me.9' }));
    expect(next.writers).toEqual([...writers.slice(1), 'me.9']);
  });

  it('takes back slots that their owner will not send, and only its own', () => {
    const held = [slot(now + 1, 'interactive', 'me', 4), slot(now + 2, 'interactive', 'other', 4)];
    const { next, mustWrite } = plan(versionOf(two({ held })), demandOf({ released: [4] }));
    expect(next.held).toEqual([slot(now + 2, 'interactive', 'other', 4)]);
    expect(mustWrite).toBe(true);
  });

  it('gives what was taken back to who asks in the same round', () => {
    const held = [slot(now + 1, 'interactive', 'me', 4), slot(now + 2, 'interactive', 'other', 4)];
    const demand = demandOf({ nextNumber: 5, released: [4], wants: wants(1, 'interactive', now + 1000) });
    expect(slotsIn(plan(versionOf(two({ held })), demand).outcomes)).toEqual([slot(now, 'interactive', 'me', 5)]);
  });

  it('gives no slot before the time of the version it builds on, whatever this process believes', () => {
    const demand = demandOf({ wants: wants(1, 'interactive', now + 1000) });
    expect(slotsIn(plan(versionOf(two(), now + 500), demand).outcomes)).toEqual([
      slot(now + 500, 'interactive', 'me', 1),
    ]);
  });

  it('gives no slot before this process can send it', () => {
    const demand = demandOf({ from: now + 40, wants: wants(1, 'interactive', now + 1000) });
    expect(slotsIn(plan(versionOf(two()), demand).outcomes)).toEqual([slot(now + 40, 'interactive', 'me', 1)]);
  });

  it('has nothing to write where it only refused, or only looked', () => {
    const full = two({ log: burstAt('interactive', now, 2) });
    const refusing = plan(versionOf(full), demandOf({ wants: wants(1, 'interactive', now) }));
    expect(refusing.outcomes).toMatchObject([{ kind: 'refused' }]);
    expect(refusing.mustWrite).toBe(false);
    expect(plan(versionOf(full), demandOf()).mustWrite).toBe(false);
  });

  it('must be written where a process joins the line, and where Defender has said something', () => {
    const spent = rowOf(usual, { log: burstAt('background', now, 21) });
    const waiting = plan(versionOf(spent), demandOf({ wants: wants(1, 'background', now + 60_000) }));
    expect(waiting.next).toMatchObject({ held: [], turns: [{ owner: 'me', by: 'background' }] });
    expect(waiting.mustWrite).toBe(true);
    const answered = { kind: 'open', slot: slot(now, 'interactive', 'me', 1) } as const;
    expect(plan(versionOf(spent), demandOf({ feedback: [answered] })).mustWrite).toBe(true);
  });

  it('holds 320 slots at most', () => {
    const held = Array.from({ length: 319 }, (_, i) => slot(now + i, 'interactive', 'other', i));
    const { next, outcomes } = plan(
      versionOf(rowOf('2000/60', { held })),
      demandOf({ wants: [...wants(2, 'interactive', now + 1000), ...wants(2, 'background', now + 1000)] }),
    );
    expect(next.held).toHaveLength(320);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['granted', 'refused', 'waiting', 'waiting']);
  });

  it('stops for what Defender said before it books anything', () => {
    const told = { retryAfterSeconds: 7, limit: parseLimits('2/60')[0] };
    const feedback = [
      { kind: 'throttled', slot: slot(now, 'interactive', 'me', 1), at: now, throttled: told } as const,
    ];
    const { outcomes, next } = plan(
      versionOf(two({ log: callsAt('interactive', now) })),
      demandOf({ feedback, wants: wants(1, 'interactive', now) }),
    );
    expect(outcomes).toMatchObject([{ kind: 'refused', because: 'blocked' }]);
    expect(next.block).toEqual({ until: now + 7000, seconds: 7 });
  });

  /** Once, what was booked for one class in a round did not count in another's view of it, and the window broke. */
  it('counts what it books for one class against the others it books for', () => {
    const full = rowOf('20/6', { log: burstAt('interactive', now - 1, 18) });
    const [window = 0] = widened(full);
    const both = [...wants(1, 'enrichment', now + 60_000), ...wants(2, 'interactive', now + 60_000)];
    const { outcomes, next } = plan(versionOf(full), demandOf({ wants: both }));
    expect(outcomes.slice(1)).toMatchObject([
      { kind: 'granted', slot: { at: now } },
      { kind: 'granted', slot: { at: now } },
    ]);
    expect(next.held.filter(({ at }) => at < now - 1 + window)).toHaveLength(2);
  });
});
