/** Something that will happen at an instant of virtual time. */
export interface Timer {
  at: number;
  /** Of two at one instant the one that was set first goes first. */
  readonly order: number;
  /** Undefined once it happened or was cancelled. */
  fire: (() => void) | undefined;
  /** Whose code it runs; undefined for the world's. */
  readonly island: Island | undefined;
}

/** A process, as time sees it: what is set by its code dies and stands still with it. */
export interface Island {
  isDead: boolean;
  /** Nothing of it runs before this instant. */
  stillUntil: number;
}

/** A binary heap: the earliest timer on top. */
export interface TimerHeap {
  readonly top: Timer | undefined;
  push(timer: Timer): void;
  pop(): Timer | undefined;
}

export const createTimerHeap = (): TimerHeap => {
  const timers: Timer[] = [];

  const rise = (timer: Timer) => {
    let place = timers.length - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = timers[above];
      if (parent === undefined || isBefore(parent, timer)) break;
      timers[place] = parent;
      place = above;
    }
    timers[place] = timer;
  };

  const sink = (timer: Timer) => {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const first = timers[left];
      if (first === undefined) break;
      const second = timers[left + 1];
      const isSecond = second !== undefined && isBefore(second, first);
      const child = isSecond ? second : first;
      if (isBefore(timer, child)) break;
      timers[place] = child;
      place = isSecond ? left + 1 : left;
    }
    timers[place] = timer;
  };

  return {
    get top() {
      return timers[0];
    },
    push(timer) {
      timers.push(timer);
      rise(timer);
    },
    pop() {
      const first = timers[0];
      const last = timers.pop();
      if (last !== undefined && timers.length > 0) sink(last);
      return first;
    },
  };
};

const isBefore = (one: Timer, other: Timer): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
