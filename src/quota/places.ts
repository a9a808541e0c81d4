/** Those who wait in this process, and who of them goes first. */
import type { HeldSlot } from './ledgerRow.ts';
import { type PriorityClass, rankOf } from './priorityClass.ts';

/** A caller who waits, by the monotonic clock. */
export interface Place<C> {
  readonly caller: C;
  readonly by: PriorityClass;
  readonly deadline: number;
  readonly leaving: AbortController;
}

export interface Places<C> {
  enter(caller: C, by: PriorityClass, deadline: number): Place<C>;
  has(place: Place<C>): boolean;
  leave(place: Place<C>): C;
  /** Whoever is to be served next: of the class, if it is given and somebody of it waits; else of the highest. In it whose time is over first. */
  first(by?: PriorityClass): Place<C> | undefined;
  /** Those whom none of these slots would serve in time, in the order they came. */
  without(slots: readonly HeldSlot[], servesBy: (slot: HeldSlot, deadline: number) => boolean): readonly Place<C>[];
}

export const createPlaces = <C>(): Places<C> => {
  const places = new Set<Place<C>>();
  const ordered = () => [...places].sort((a, b) => rankOf(a.by) - rankOf(b.by) || a.deadline - b.deadline);

  return {
    enter(caller, by, deadline) {
      const place = { caller, by, deadline, leaving: new AbortController() };
      places.add(place);
      return place;
    },
    has: (place) => places.has(place),
    leave(place) {
      places.delete(place);
      place.leaving.abort('left');
      return place.caller;
    },
    first(by) {
      const inOrder = ordered();
      return inOrder.find((place) => place.by === by) ?? inOrder[0];
    },
    without(slots, servesBy) {
      const left = [...slots];
      const unserved = new Set<Place<C>>();
      for (const place of ordered()) {
        const slot = left.findIndex((each) => each.by === place.by && servesBy(each, place.deadline));
        if (slot < 0) unserved.add(place);
        else left.splice(slot, 1);
      }
      return [...places].filter((place) => unserved.has(place));
    },
  };
};
