/**
 * The storage service's time, known as an interval.
 *
 * The service stamps each write with its own time, and that moment lies between when this process sent the write and when
 * it got the answer. One write bounds the offset to its round trip; each further one can only narrow it. In between, the
 * interval widens with age, because clocks drift. This machine's wall clock serves for one thing: where it and the
 * monotonic clock disagree about how much time went by, the machine was frozen, and nothing is known any more.
 */
import type { Clock } from '../clock.ts';
import { clockRateError } from './guard.ts';

export interface ServerClock {
  /** A write of ours was sent at `sentAt`, answered at `answeredAt` (monotonic), and stamped `stampedAt` by the service. */
  learn(stampedAt: number, sentAt: number, answeredAt: number): void;
  /** Now by the service's clock is within [earliest, latest]: whole milliseconds. Only where `isTrusted()`. */
  now(): { readonly earliest: number; readonly latest: number };
  /** False before the first write, ten minutes after the last, and after a freeze: write once before planning or sending. */
  isTrusted(): boolean;
}

const trustedForMs = 10 * 60_000;
const frozenFromMs = 100;

export const createServerClock = (clock: Clock): ServerClock => {
  let known: { low: number; high: number; at: number; wall: number } | undefined;

  const widened = (at: number) => {
    if (!known) throw new Error('the storage time is asked for before any write');
    const drift = clockRateError * Math.max(0, at - known.at);
    return { low: known.low - drift, high: known.high + drift };
  };

  return {
    learn(stampedAt, sentAt, answeredAt) {
      const seen = { low: stampedAt - answeredAt, high: stampedAt + 1 - sentAt };
      const before = known && isFresh(known, clock) ? widened(answeredAt) : seen;
      const both = { low: Math.max(before.low, seen.low), high: Math.min(before.high, seen.high) };
      known = { ...(both.low <= both.high ? both : seen), at: answeredAt, wall: wallAt(clock, answeredAt) };
    },
    now() {
      const at = clock.monotonic();
      const { low, high } = widened(at);
      return { earliest: Math.floor(at + low), latest: Math.ceil(at + high) };
    },
    isTrusted: () => known !== undefined && isFresh(known, clock),
  };
};

const isFresh = (known: { at: number; wall: number }, clock: Clock): boolean => {
  const age = clock.monotonic() - known.at;
  return age < trustedForMs && Math.abs(clock.wall() - known.wall - age) < frozenFromMs;
};

/** What the wall clock showed when the monotonic clock showed `at`. */
const wallAt = (clock: Clock, at: number): number => clock.wall() - (clock.monotonic() - at);
