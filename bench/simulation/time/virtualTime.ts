/**
 * Time that goes by only where something happens: each timer fires at its own instant, in an order that is always the same.
 *
 * Between two timers everything that promises set going comes to rest. Node does so after each immediate, so a timer costs one
 * immediate, and they are asked for many at a time. Whatever runs until then is the code of the island whose timer fired:
 * islands meet in the world's timers alone.
 */
import { createTimerHeap, type Island, type Timer } from './timerHeap.ts';

export interface VirtualTime {
  /** Milliseconds since the start, with fractions: the world's own time, that no process can see. */
  readonly now: number;
  /** Whose code is running. */
  readonly current: Island | undefined;
  /** How many timers have fired. */
  readonly fired: number;
  after(milliseconds: number, fire: () => void, island?: Island): Timer;
  /** Lets time go by until an instant, or until `stop`. Throws what a timer throws. */
  run(until: number): Promise<void>;
  stop(): void;
}

/** Immediates asked for at once. */
const atOnce = 256;

export const createVirtualTime = (): VirtualTime => {
  const heap = createTimerHeap();
  let now = 0;
  let order = 0;
  let fired = 0;
  let current: Island | undefined;
  let end = 0;

  /** The next timer that is to fire, or undefined where there is none before the end. */
  const next = (): Timer | undefined => {
    for (let top = heap.top; top && top.at <= end; top = heap.top) {
      heap.pop();
      if (top.fire === undefined || top.island?.isDead) continue;
      if (top.island === undefined || top.island.stillUntil <= top.at) return top;
      top.at = top.island.stillUntil;
      heap.push(top);
    }
    return undefined;
  };

  const step = (): boolean => {
    const timer = next();
    if (!timer?.fire) return false;
    const { fire } = timer;
    timer.fire = undefined;
    now = timer.at;
    current = timer.island;
    fired += 1;
    fire();
    return true;
  };

  return {
    get now() {
      return now;
    },
    get current() {
      return current;
    },
    get fired() {
      return fired;
    },
    after(milliseconds, fire, island) {
      const timer = { at: now + Math.max(0, milliseconds), order: ++order, fire, island };
      heap.push(timer);
      return timer;
    },
    async run(until) {
      end = until;
      await inImmediates(step);
      now = Math.max(now, Math.min(end, until));
    },
    stop() {
      end = now;
    },
  };
};

/** Calls `step` once in each immediate, until it answers false. */
const inImmediates = (step: () => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    let isOver = false;
    const once = () => {
      if (isOver) return;
      try {
        isOver = !step();
        if (isOver) resolve();
      } catch (fault) {
        isOver = true;
        reject(fault);
      }
    };
    const many = () => {
      if (isOver) return;
      for (let i = 0; i < atOnce; i++) setImmediate(once);
      setImmediate(many);
    };
    many();
  });
