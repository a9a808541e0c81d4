/**
 * The slots this process may still send.
 *
 * A slot leaves the purse in one of two ways, and in one of them only: it is taken, and then its call is sent at once; or it
 * is given up, because it was late or must not be sent any more, and then it is never sent and its number goes to `unsent`, to be given back.
 */
import type { HeldSlot } from './ledgerRow.ts';
import type { ServerClock } from './serverClock.ts';

export interface Purse {
  add(slot: HeldSlot): void;
  /** Slots that may still be sent, by instant. */
  readonly held: readonly HeldSlot[];
  /** Numbers of the slots that will never be sent. */
  readonly unsent: readonly number[];
  /** A slot that may be sent now, out of the purse. Send before anything else happens. */
  take(): HeldSlot | undefined;
  /** Gives up what is late. */
  sweep(): void;
  /** Gives up what `isOut` says. */
  drop(isOut: (slot: HeldSlot) => boolean): void;
  /** Takes out the interactive slots that are not due for longer than a call may be late, to be booked anew. They can't be sent meanwhile. */
  withdraw(): readonly HeldSlot[];
  /** Slots of these numbers, if there are any, will never be sent. */
  giveUp(numbers: readonly number[]): void;
  /** The ledger no longer holds these. */
  forget(unsent: readonly number[]): void;
}

/** @param sendSlackMs how late a slot may be sent; as the ledger says at this moment */
export const createPurse = (time: ServerClock, sendSlackMs: () => number): Purse => {
  let held: HeldSlot[] = [];
  let unsent: number[] = [];

  const drop = (isOut: (slot: HeldSlot) => boolean) => {
    const out = held.filter(isOut);
    if (out.length === 0) return;
    unsent.push(...out.map(({ number }) => number));
    held = held.filter((slot) => !out.includes(slot));
  };
  const sweep = () => {
    if (held.length === 0) return;
    const now = time.isTrusted() ? time.now() : undefined;
    drop(({ at }) => now === undefined || now.latest > at + sendSlackMs());
  };
  const isDue = ({ at }: HeldSlot) => time.isTrusted() && time.now().earliest >= at;

  return {
    add(slot) {
      held = [...held, slot].sort((a, b) => a.at - b.at);
    },
    get held() {
      return held;
    },
    get unsent() {
      return unsent;
    },
    take() {
      sweep();
      const [first] = held;
      if (!first || !isDue(first)) return undefined;
      held = held.slice(1);
      return first;
    },
    sweep,
    drop,
    withdraw() {
      sweep();
      const isFar = ({ at, by }: HeldSlot) => by === 'interactive' && at > time.now().latest + sendSlackMs();
      const far = held.filter(isFar);
      held = held.filter((slot) => !far.includes(slot));
      return far;
    },
    giveUp(numbers) {
      unsent.push(...numbers);
    },
    forget(numbers) {
      unsent = unsent.filter((number) => !numbers.includes(number));
    },
  };
};
