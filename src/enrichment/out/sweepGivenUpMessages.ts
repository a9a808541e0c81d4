/** Messages of deliveries that the host gave up: their deliveries go on. */
import type { Log } from '../../log.ts';
import type { QueueReader } from '../../storage/queueReader.ts';
import { readDeliverMessage } from '../messages.ts';
import type { Delivering } from './delivering.ts';

export interface SweepGivenUpMessagesOptions {
  /** `results-to-deliver-poison`. */
  readonly poison: QueueReader;
  readonly delivering: Pick<Delivering, 'astray'>;
  readonly log: Log;
}

const mostTaken = 32;
const mostRounds = 20;
const hiddenSeconds = 120;

/** @returns how many messages were taken */
export const sweepGivenUpMessages = async ({
  poison,
  delivering,
  log,
}: SweepGivenUpMessagesOptions): Promise<number> => {
  let taken = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const messages = await poison.take(mostTaken, hiddenSeconds);
    if (messages.length === 0) break;
    taken += messages.length;
    for (const { text, remove } of messages) {
      const message = readOrLog(text, log);
      if (message) await delivering.astray(message);
      await remove();
    }
  }
  return taken;
};

/** Nothing but the gateway writes there, and `sweep` finds what it could mean. */
const readOrLog = (text: string, log: Log) => {
  try {
    return readDeliverMessage(JSON.parse(text));
  } catch (fault) {
    log.error('A message that names no delivery was given up', { text: text.slice(0, 1000), fault: String(fault) });
    return undefined;
  }
};
