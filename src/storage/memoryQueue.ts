import { checkSize } from './messageSize.ts';
import { type Queue, wholeDelay } from './queue.ts';

export interface SentMessage {
  readonly text: string;
  readonly delaySeconds: number;
}

/** A queue in this process, for tests. */
export interface MemoryQueue extends Queue {
  /** All that was sent, in order. */
  readonly texts: readonly string[];
  readonly messages: readonly SentMessage[];
}

export const memoryQueue = (): MemoryQueue => {
  const messages: SentMessage[] = [];
  return {
    messages,
    get texts() {
      return messages.map(({ text }) => text);
    },
    async send(text, delaySeconds = 0) {
      checkSize(text);
      messages.push({ text, delaySeconds: wholeDelay(delaySeconds) });
    },
  };
};
