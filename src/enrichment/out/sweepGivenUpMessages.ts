/** Messages of deliveries that the host gave up: their deliveries go on. */
import type { Log } from '../../log.ts';
import { type Draining, drained } from '../../storage/drained.ts';
import { readDeliverMessage } from '../messages.ts';
import { readOrLog } from '../sweeping/readOrLog.ts';
import type { Delivering } from './delivering.ts';

export interface SweepGivenUpMessagesOptions extends Pick<Draining, 'isOver'> {
  /** `results-to-deliver-poison`. */
  readonly poison: Draining['poison'];
  readonly delivering: Pick<Delivering, 'astray'>;
  readonly log: Log;
}

/** @returns how many messages were dealt with @throws AggregateError as `drained` does */
export const sweepGivenUpMessages = ({ delivering, log, ...options }: SweepGivenUpMessagesOptions): Promise<number> =>
  drained(options, async (text) => {
    const message = readOrLog(text, readDeliverMessage, log);
    if (message) await delivering.astray(message);
    return 'done';
  });
