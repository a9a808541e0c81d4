import { systemClock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { createGate } from '../../../src/quota/gate.ts';
import type { Ledger } from '../../../src/quota/ledger.ts';
import type { Limit } from '../../../src/quota/limits.ts';
import type { Door } from './door.ts';
import type { Unanswered } from './unanswered.ts';

export interface GateDoorOptions {
  readonly ledger: Ledger;
  readonly unanswered: Unanswered;
  readonly limits: readonly Limit[];
  readonly log: Log;
  /** Calls under way at once. */
  readonly concurrency: number;
}

/** The code that ships. */
export const gateDoor = ({ ledger, unanswered, ...options }: GateDoorOptions): Door =>
  createGate({
    ...options,
    ledger: { ...ledger, swap: (from, next) => unanswered(() => ledger.swap(from, next)) },
    clock: systemClock,
    newLedger: 'unused',
  });

/**
 * The same, but everybody is as good as the one who waits in person: no headroom, no pacing, no turns. Slots are booked as far
 * ahead as a caller waits.
 */
export const greedyDoor = (options: GateDoorOptions): Door => {
  const gate = gateDoor(options);
  return {
    pass: (wanted, send) => gate.pass({ ...wanted, priority: 'interactive' }, send),
    get transactions() {
      return gate.transactions;
    },
    close: gate.close,
  };
};
