import type { Clock } from '../clock.ts';
import type { QueueReader } from './queueReader.ts';

/** A queue in this process to be read, for tests. */
export interface MemoryQueueReader extends QueueReader {
  /** Puts a message into it. */
  put(text: string): void;
}

interface Kept {
  readonly text: string;
  /** On the clock's monotonic time. */
  visibleFrom: number;
}

export const memoryQueueReader = (clock: Pick<Clock, 'monotonic'>): MemoryQueueReader => {
  const all = new Set<Kept>();
  const take = (message: Kept, visibleFrom: number) => {
    message.visibleFrom = visibleFrom;
    return {
      text: message.text,
      async remove() {
        if (message.visibleFrom === visibleFrom) all.delete(message);
      },
    };
  };
  return {
    put: (text) => void all.add({ text, visibleFrom: clock.monotonic() }),
    async take(most, hiddenSeconds) {
      const now = clock.monotonic();
      const visible = [...all].filter(({ visibleFrom }) => visibleFrom <= now).slice(0, most);
      return visible.map((message) => take(message, now + hiddenSeconds * 1000));
    },
    length: async () => all.size,
  };
};
