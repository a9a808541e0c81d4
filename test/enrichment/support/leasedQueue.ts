import type { Queue } from '../../../src/storage/queue.ts';
import type { QueueReader } from '../../../src/storage/queueReader.ts';

interface Kept {
  readonly text: string;
  visibleAt: number;
  taken: number;
}

export interface Taken {
  readonly text: string;
  remove(): void;
  giveBack(): void;
}

/** A queue as the host works on it: what is taken is hidden for a while, and after five times it is put aside. */
export interface LeasedQueue {
  readonly queue: Queue;
  readonly poison: QueueReader;
  take(most: number, leaseMs: number): readonly Taken[];
  /** Loses what is in it. */
  lose(): void;
  readonly texts: () => readonly string[];
}

const mostTaken = 5;

export const leasedQueue = (clock: { wall(): number }): LeasedQueue => {
  const messages = new Set<Kept>();
  const aside = new Set<string>();
  return {
    queue: {
      async send(text, delaySeconds = 0) {
        messages.add({ text, visibleAt: clock.wall() + delaySeconds * 1000, taken: 0 });
      },
    },
    poison: {
      length: async () => aside.size,
      async take(most) {
        return [...aside].slice(0, most).map((text) => ({ text, remove: async () => void aside.delete(text) }));
      },
    },
    take(most, leaseMs) {
      const visible = [...messages].filter(({ visibleAt }) => visibleAt <= clock.wall()).slice(0, most);
      return visible.flatMap((message) => {
        message.taken += 1;
        message.visibleAt = clock.wall() + leaseMs;
        if (message.taken <= mostTaken) {
          const giveBack = () => {
            message.visibleAt = clock.wall();
            if (message.taken < mostTaken) return;
            messages.delete(message);
            aside.add(message.text);
          };
          return [{ text: message.text, remove: () => void messages.delete(message), giveBack }];
        }
        messages.delete(message);
        aside.add(message.text);
        return [];
      });
    },
    lose: () => messages.clear(),
    texts: () => [...messages].map(({ text }) => text),
  };
};
