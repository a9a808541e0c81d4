/** Defender, as the gate meets it: calls take their time to arrive, are counted in one way or another, and are answered. */
import type { Throttled } from '../../../src/quota/feedback.ts';
import type { Limit } from '../../../src/quota/limits.ts';
import type { Draws } from '../draws.ts';
import type { Digest } from '../result/digest.ts';
import type { Island } from '../time/timerHeap.ts';
import type { VirtualTime } from '../time/virtualTime.ts';
import { countingModel, type ModelName } from './countingModel.ts';
import { createJudge, type Judge } from './judge.ts';

export interface Upstream {
  /** Sends one call of ours off. Its answer goes to the island; undefined: it was taken. */
  call(island: Island, answer: (throttled: Throttled | undefined) => void): void;
  /** Somebody else's call arrives. */
  foreignCall(): void;
  readonly judge: Judge;
  /** When calls of ours were taken. */
  readonly taken: readonly number[];
  /** Calls of ours that were answered 429. */
  readonly refused: number;
  /** When calls of others were taken. */
  readonly foreign: readonly number[];
  /** Tells of each arrival of ours. */
  onArrival: (at: number) => void;
}

export interface UpstreamOptions {
  readonly limits: readonly Limit[];
  readonly model: ModelName;
  /** The slowest way there is at most this much longer than the fastest. */
  readonly spreadMs: number;
  readonly spreadPower: number;
  /** Whether a 429 names the limit that is spent. */
  readonly namesLimit: boolean;
}

const fastestMs = 20;

export const createUpstream = (time: VirtualTime, draws: Draws, digest: Digest, options: UpstreamOptions): Upstream => {
  const { limits, spreadMs, spreadPower, namesLimit } = options;
  const counters = limits.map((limit) => ({ limit, model: countingModel(options.model, limit) }));
  const judge = createJudge(limits);
  let refused = 0;
  const taken: number[] = [];
  const foreign: number[] = [];

  const wayMs = () => fastestMs + spreadMs * draws.random() ** spreadPower;
  const answerMs = () => 30 + (draws.chance(0.01) ? 4000 : 300) * draws.random() ** 2;

  const count = (): Throttled | undefined => {
    const waits = counters.map(({ limit, model }) => ({ limit, waitMs: model.waitAt(time.now) }));
    const longest = waits.reduce((a, b) => (b.waitMs > a.waitMs ? b : a));
    if (longest.waitMs <= 0) {
      for (const { model } of counters) model.take(time.now);
      return undefined;
    }
    const retryAfterSeconds = Math.max(1, Math.ceil(longest.waitMs / 1000));
    return { retryAfterSeconds, limit: namesLimit ? longest.limit : undefined };
  };

  const upstream: Upstream = {
    call(island, answer) {
      const backMs = answerMs();
      time.after(wayMs(), () => {
        judge.arrived(time.now);
        const throttled = count();
        if (throttled) refused += 1;
        else taken.push(time.now);
        digest.add(throttled ? 'refused' : 'taken', time.now);
        upstream.onArrival(time.now);
        time.after(backMs, () => answer(throttled), island);
      });
    },
    foreignCall() {
      if (!count()) foreign.push(time.now);
    },
    judge,
    taken,
    get refused() {
      return refused;
    },
    foreign,
    onArrival: () => {},
  };
  return upstream;
};
