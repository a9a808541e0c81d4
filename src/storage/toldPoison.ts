/** A poison queue that tells of what it holds: whoever watches the log hears of it, though the sweep has most of it go on. */
import type { Log } from '../log.ts';
import type { QueueReader } from './queueReader.ts';

export const toldPoison = (queue: string, poison: QueueReader, log: Log): QueueReader => ({
  ...poison,
  async take(most, hiddenSeconds) {
    const messages = await poison.take(most, hiddenSeconds);
    if (messages.length > 0) log.warn('A poison queue holds messages', { queue, messages: messages.length });
    return messages;
  },
});
