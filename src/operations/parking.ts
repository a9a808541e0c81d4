/**
 * Parking: the question is recorded, and only then is a message sent, so that what was accepted is done whatever dies after that. How many wait
 * has a bound, for each owner and for all, and is counted before: who parks at the same time elsewhere is not seen, so there may be a few more.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../storage/queue.ts';
import { told } from '../toldFault.ts';
import { sendRun } from './messages.ts';
import type { Operation, ParkedCaller, ParkedRequest } from './operation.ts';
import { newOperationId } from './operationId.ts';
import type { OperationStore } from './operationStore.ts';

export interface Parking {
  /**
   * @param afterSeconds not to be tried before
   * @throws where storage does not take it. It may be done for all that, and then nobody hears of it
   */
  park(request: ParkedRequest, caller: ParkedCaller, afterSeconds?: number): Promise<Parked>;
}

/** `full`: so many wait already, of this owner or of all. */
export type Parked =
  | { readonly kind: 'parked'; readonly operation: Operation }
  | { readonly kind: 'full'; readonly whose: 'own' | 'all'; readonly most: number };

export interface ParkingOptions {
  readonly store: Pick<OperationStore, 'count' | 'create' | 'remove'>;
  /** `operations-to-run`. */
  readonly queue: Queue;
  /** Milliseconds for which a question is tried. */
  readonly mostMs: number;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

/** A minute's quota; so one caller's work keeps no other's for long. */
const mostOwn = 100;
/** Ten minutes' quota ("List machines API": 100 calls a minute), of the sixty that each has. */
const mostOfAll = 1000;

export const createParking = ({ store, queue, mostMs, clock, log }: ParkingOptions): Parking => ({
  async park(request, caller, afterSeconds = 0) {
    const waiting = await store.count(mostOfAll, caller.owner);
    if (waiting.own >= mostOwn) return { kind: 'full', whose: 'own', most: mostOwn };
    if (waiting.all >= mostOfAll) return { kind: 'full', whose: 'all', most: mostOfAll };
    const now = clock.wall();
    const delaySeconds = Math.min(Math.max(0, Math.ceil(afterSeconds)), Math.floor(mostMs / 1000));
    const operation: Operation = {
      id: newOperationId(),
      caller,
      request,
      state: 'waiting',
      ticket: 1,
      due: now + delaySeconds * 1000,
      tries: 0,
      strays: 0,
      createdAt: now,
      deadline: now + mostMs,
      bodies: [],
    };
    await store.create(operation);
    try {
      await sendRun(queue, operation, delaySeconds);
    } catch (fault) {
      // Its caller hears that it was not accepted: left there, the sweep would spend quota for nobody.
      await store.remove(operation.id).catch((left: unknown) => {
        log.warn('An operation that was not accepted could not be removed', { id: operation.id, fault: told(left) });
      });
      throw fault;
    }
    return { kind: 'parked', operation };
  },
});
