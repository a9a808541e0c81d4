import { checkSize } from './messageSize.ts';
import type { Queue } from './queue.ts';

/** A queue in this process, for tests. */
export interface MemoryQueue extends Queue {
  /** All that was sent, in order. */
  readonly texts: readonly string[];
}

export const memoryQueue = (): MemoryQueue => {
  const texts: string[] = [];
  return {
    texts,
    async send(text) {
      checkSize(text);
      texts.push(text);
    },
  };
};
