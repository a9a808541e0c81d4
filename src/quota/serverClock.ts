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
  /** A write of ours leaves now. */
  start(): Sending;
  /** It was answered just now, and stamped `stampedAt` by the service. Nothing is learnt where the machine was frozen meanwhile. */
  learn(stampedAt: number, sent: Sending): void;
  /** Now by the service's clock is within [earliest, latest]: whole milliseconds. Only where `isTrusted()`. */
  now(): { readonly earliest: number; readonly latest: number };
  /** False before the first write, ten minutes after the last, and after a freeze: write once before planning or sending. */
  isTrusted(): boolean;
}

/** When a write left, by both clocks of this machine. */
export interface Sending {
  readonly at: number;
  readonly wall: number;
}

const trustedForMs = 10 * 60_000;
const frozenFromMs = 100;

export const createServerClock = (clock: Clock): ServerClock => {
  let known: { low: number; high: number; at: number; wall: number } | undefined;

  /** For the drift of clocks, and for what this machine's two disagree about: a freeze too short to be called one. */
  const widened = (at: number) => {
    if (!known) throw new Error('the storage time is asked for before any write');
    const unsure = clockRateError * Math.max(0, at - known.at) + disagreementMs(known, clock);
    return { low: known.low - unsure, high: known.high + unsure };
  };

  return {
    start: () => ({ at: clock.monotonic(), wall: clock.wall() }),
    learn(stampedAt, sent) {
      if (wasFrozen(sent, clock)) return;
      const answeredAt = clock.monotonic();
      const seen = { low: stampedAt - answeredAt, high: stampedAt + 1 - sent.at };
      const before = known && isFresh(known, clock) ? widened(answeredAt) : seen;
      const both = { low: Math.max(before.low, seen.low), high: Math.min(before.high, seen.high) };
      known = { ...(both.low <= both.high ? both : seen), at: answeredAt, wall: clock.wall() };
    },
    now() {
      const at = clock.monotonic();
      const { low, high } = widened(at);
      return { earliest: Math.floor(at + low), latest: Math.ceil(at + high) };
    },
    isTrusted: () => known !== undefined && isFresh(known, clock),
  };
};

const isFresh = (known: Sending, clock: Clock): boolean =>
  clock.monotonic() - known.at < trustedForMs && !wasFrozen(known, clock);

/** Whether its two clocks disagree about how much time went by since. */
const wasFrozen = (since: Sending, clock: Clock): boolean => disagreementMs(since, clock) >= frozenFromMs;

const disagreementMs = ({ at, wall }: Sending, clock: Clock): number =>
  Math.abs(clock.wall() - wall - (clock.monotonic() - at));
