/**
 * A slot promises when a call is *sent*; the quota counts when it *arrives*. The guard is the difference, and every
 * window is widened by it, so that slots a widened window apart can never arrive inside a true one.
 */
import type { Limit } from './limits.ts';
import type { Window } from './windows.ts';

/** How far a call's arrival may be from its slot. Kept in the ledger, so that all instances plan with the same. */
export interface Timing {
  /** A slot at t is sent in [t, t + sendSlackMs], or never. */
  readonly sendSlackMs: number;
  /** The slowest way to Defender's counter is at most this much longer than the fastest. Assumed: docs/decisions/003-guard-and-scale.md. */
  readonly spreadMs: number;
  /** How far the storage service's clock may step forward. */
  readonly clockStepMs: number;
}

/** A limit with its window widened by the guard. */
export interface GuardedWindow extends Window {
  readonly limit: Limit;
}

/** Clocks of this machine, the storage service and Defender run within 200 millionths of one another. */
export const clockRateError = 0.0002;

/**
 * The timing for these limits: 500 ms, 1 s and 250 ms where the shortest window is a minute, less where it is shorter, so
 * that quotas of seconds can be used too; never under what a busy machine needs.
 *
 * @param spreadMs where it has been measured
 */
export const timingFor = (limits: readonly Limit[], spreadMs?: number): Timing => {
  const shortest = Math.min(...limits.map(({ seconds }) => seconds * 1000));
  const part = (divisor: number, least: number, most: number) =>
    Math.min(most, Math.max(least, Math.round(shortest / divisor)));
  return {
    sendSlackMs: part(120, 150, 500),
    spreadMs: spreadMs ?? part(60, 300, 1000),
    clockStepMs: part(240, 25, 250),
  };
};

/** The limits as windows to plan with. */
export const guarded = (limits: readonly Limit[], timing: Timing): readonly GuardedWindow[] =>
  limits.map((limit) => {
    const length = limit.seconds * 1000;
    const guard = timing.sendSlackMs + timing.spreadMs + timing.clockStepMs + Math.ceil(2 * clockRateError * length);
    return { limit, calls: limit.calls, milliseconds: length + guard };
  });
