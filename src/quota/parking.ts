/** Classes whose callers were told to ask again later: until then, nothing is asked of the store for them. */
import type { Clock } from '../clock.ts';
import type { Waiting } from './demand.ts';
import type { PriorityClass } from './priorityClass.ts';
import type { ServerClock } from './serverClock.ts';

export interface Parking {
  has(by: PriorityClass): boolean;
  /** When the first call of a parked class will go, by the monotonic clock. */
  expected(by: PriorityClass): number | undefined;
  park(by: PriorityClass, waiting: Waiting): void;
  leave(by: PriorityClass): void;
}

/** @param onOver called when a class may ask again */
export const createParking = (clock: Clock, time: ServerClock, onOver: () => void): Parking => {
  const parked = new Map<PriorityClass, { readonly expected: number; readonly over: AbortController }>();

  const leave = (by: PriorityClass) => {
    parked.get(by)?.over.abort('left');
    parked.delete(by);
  };

  return {
    has: (by) => parked.has(by),
    expected: (by) => parked.get(by)?.expected,
    park(by, { until, expected }) {
      leave(by);
      const now = time.now().latest;
      const over = new AbortController();
      parked.set(by, { expected: clock.monotonic() + expected - now, over });
      void clock.sleep(Math.max(1, until - now), over.signal).then(() => {
        if (over.signal.aborted) return;
        parked.delete(by);
        onOver();
      });
    },
    leave,
  };
};
