import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import { saying } from '../triggers/storageFault.ts';
import type { MessageQueue, QueueMessage } from './messageQueue.ts';

/** A message that others do not see as long as it is being worked on. */
export interface HiddenMessage {
  /** Ends the renewing. @returns the receipt that is good now */
  end(): Promise<string>;
}

/** After a renewal that failed, the next one comes sooner: this soon at the least, or where the time is short, a quarter of what is left. */
const soonestMs = 60_000;

export interface HidingOptions {
  readonly queue: MessageQueue;
  /** For how long the message was hidden when it was taken, and is again at each renewal. */
  readonly hiddenSeconds: number;
  readonly clock: Clock;
  readonly log: Log;
  /** When aborted, nothing is renewed any more. */
  readonly abandoned: AbortSignal;
}

/** Keeps a message hidden: renews its time each time half of it is over. */
export const keepHidden = (options: HidingOptions, message: QueueMessage): HiddenMessage => {
  const { queue, hiddenSeconds, clock, log, abandoned } = options;
  const done = new AbortController();
  const half = hiddenSeconds * 500;
  const soonest = Math.min(soonestMs, half / 4);
  let { popReceipt } = message;

  const renew = async (): Promise<'renewed' | 'gone' | 'unknown'> => {
    try {
      const renewed = await queue.hide({ id: message.id, popReceipt }, hiddenSeconds);
      popReceipt = renewed ?? popReceipt;
      return renewed === undefined ? 'gone' : 'renewed';
    } catch (error) {
      log.warn('a message under work was not kept hidden', { queue: queue.name, said: saying(error) });
      return 'unknown';
    }
  };

  const renewing = (async () => {
    for (let wait = half; ; ) {
      await clock.sleep(wait, done.signal);
      if (done.signal.aborted || abandoned.aborted) return;
      const outcome = await renew();
      if (outcome === 'gone') return;
      wait = outcome === 'renewed' ? half : Math.min(half, Math.max(wait / 2, soonest));
    }
  })();

  return {
    async end() {
      done.abort();
      await renewing;
      return popReceipt;
    },
  };
};
