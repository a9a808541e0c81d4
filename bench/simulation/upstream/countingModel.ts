/**
 * How Defender may count: nobody outside knows, so the gate has to be right under each of these.
 *
 * A model looks at one limit. It is asked whether a call would be taken, and told of those that were.
 */
import type { Limit } from '../../../src/quota/limits.ts';

export interface CountingModel {
  /** Milliseconds until a call would be taken; 0: it is taken now. Instants never go back. */
  waitAt(at: number): number;
  /** A call was taken. */
  take(at: number): void;
}

export const modelNames = ['rolling', 'fixed', 'shifted', 'bucket', 'approximated'] as const;

export type ModelName = (typeof modelNames)[number];

export const countingModel = (name: ModelName, limit: Limit): CountingModel => models[name](limit);

/** An exact log of the calls of one window. */
const rolling = ({ calls, seconds }: Limit): CountingModel => {
  const length = seconds * 1000;
  const log: number[] = [];
  let oldest = 0;
  return {
    waitAt(at) {
      while (oldest < log.length && (log[oldest] ?? 0) <= at - length) oldest += 1;
      return log.length - oldest < calls ? 0 : (log[log.length - calls] ?? 0) + length - at;
    },
    take: (at) => void log.push(at),
  };
};

/** Counts from one full window to the next; windows begin at this part of their length. */
const fixed =
  (phase: number) =>
  ({ calls, seconds }: Limit): CountingModel => {
    const length = seconds * 1000;
    let window = -1;
    let count = 0;
    return {
      waitAt(at) {
        const number = Math.floor(at / length + phase);
        if (number !== window) {
          window = number;
          count = 0;
        }
        return count < calls ? 0 : (window + 1 - phase) * length - at;
      },
      take() {
        count += 1;
      },
    };
  };

/** As many tokens as calls, refilled evenly. */
const bucket = ({ calls, seconds }: Limit): CountingModel => {
  const rate = calls / (seconds * 1000);
  let tokens = calls;
  let since = 0;
  return {
    waitAt(at) {
      tokens = Math.min(calls, tokens + (at - since) * rate);
      since = at;
      return tokens >= 1 ? 0 : (1 - tokens) / rate;
    },
    take() {
      tokens -= 1;
    },
  };
};

/** Two counters: of the window before, as much counts as still overlaps the rolling one, as if its calls had come evenly. */
const approximated = ({ calls, seconds }: Limit): CountingModel => {
  const length = seconds * 1000;
  let window = 0;
  let before = 0;
  let count = 0;
  const turnTo = (number: number) => {
    if (number === window) return;
    before = number === window + 1 ? count : 0;
    count = 0;
    window = number;
  };
  /** In which part of a window `old` calls of the one before leave room beside `fresh` ones. */
  const roomAt = (old: number, fresh: number) => (old === 0 ? 0 : 1 - (calls - 1 - fresh) / old);
  return {
    waitAt(at) {
      turnTo(Math.floor(at / length));
      const start = window * length;
      if (before * (1 - (at - start) / length) + count + 1 <= calls) return 0;
      if (count + 1 <= calls) return start + roomAt(before, count) * length - at;
      return start + (1 + roomAt(count, 0)) * length - at;
    },
    take() {
      count += 1;
    },
  };
};

const models: Readonly<Record<ModelName, (limit: Limit) => CountingModel>> = {
  rolling,
  fixed: fixed(0),
  shifted: fixed(0.37),
  bucket,
  approximated,
};
