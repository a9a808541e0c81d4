/**
 * A poison queue is emptied, as far as that goes: each message is dealt with by itself, and one that can't be is left where it is, out of
 * the way of all others until its time.
 */

import { inParallel } from '../inParallel.ts';
import type { QueueReader } from './queueReader.ts';

export interface Draining {
  readonly poison: QueueReader;
  /** When the sweep's time is over: what was taken by then, and is not begun, is there again later. */
  readonly isOver?: (() => boolean) | undefined;
  /** After which a message that was left is there again: longer than a sweep takes. */
  readonly hiddenSeconds?: number;
}

/** Most that can be taken at once ("Get Messages"). */
const mostTaken = 32;
const mostRounds = 20;
const mostAtOnce = 4;

/**
 * @param work with the text as it stands in the queue; what it gives `left` for stays there, as does what it rejects for
 * @returns how many messages were removed
 * @throws AggregateError of what `work` failed with, once all others were dealt with
 */
export const drained = async (
  { poison, isOver = () => false, hiddenSeconds = 600 }: Draining,
  work: (text: string) => Promise<'done' | 'left'>,
): Promise<number> => {
  const faults: unknown[] = [];
  let removed = 0;
  for (let round = 0; round < mostRounds && !isOver(); round += 1) {
    const messages = await poison.take(mostTaken, hiddenSeconds);
    if (messages.length === 0) break;
    await inParallel(messages, mostAtOnce, async ({ text, remove }) => {
      if (isOver()) return;
      try {
        if ((await work(text)) === 'left') return;
        await remove();
        removed += 1;
      } catch (fault) {
        faults.push(fault);
      }
    });
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} messages that were given up are left`);
  return removed;
};
