/**
 * This process's way to the answers that all processes share. What is written together is one transaction; where the store does not
 * answer, there is nothing for a while: an answer is asked for anew then, which the quota may refuse, but nothing waits for a broken store.
 */
import type { Clock } from '../clock.ts';
import type { Answered } from '../defender/answer.ts';
import type { Log } from '../log.ts';
import type { Saved, Seen, SharedAnswers } from './sharedAnswers.ts';

export interface Sharing {
  read(key: string): Promise<Seen>;
  /** Whether the question is this process's to ask; it is where the store can't say. @param forMs how long the answer may take */
  claim(key: string, seen: Seen, forMs: number): Promise<boolean>;
  /** Reads until another process's answer is there, or that process asks no more, or the time is over. */
  untilAnswered(key: string, mostMs: number): Promise<Seen>;
  /** Soon, in the background. @param sentAt when the call began, by the monotonic clock */
  save(key: string, answered: Answered, sentAt: number): void;
  /** Nothing came of the call. */
  release(key: string): void;
  /** Resolves when all that is to be written is written. */
  settled(): Promise<void>;
}

export interface SharingOptions {
  readonly shared: SharedAnswers;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly log: Log;
}

const outForMs = 30_000;
/** A batch may ask for a thousand; the time that the store has for each counts from when it is asked. */
const mostReads = 64;
const firstPauseMs = 50;
const mostPauseMs = 500;
const nothing: Seen = {};

export const createSharing = ({ shared, clock, log }: SharingOptions): Sharing => {
  let outUntil = Number.NEGATIVE_INFINITY;

  const guarded = async <T>(use: () => Promise<T>, without: T): Promise<T> => {
    if (clock.monotonic() < outUntil) return without;
    try {
      return await use();
    } catch (fault) {
      outUntil = clock.monotonic() + outForMs;
      log.warn('Shared answers can’t be used for a while', { seconds: outForMs / 1000, fault: String(fault) });
      return without;
    }
  };

  const claims = together<{ readonly seen: Seen; readonly forMs: number }, boolean>(async (asked) => {
    const mine = await Promise.all(
      [...new Set([...asked.values()].map(({ forMs }) => forMs))].map((forMs) => {
        const seen = new Map([...asked].flatMap(([key, each]) => (each.forMs === forMs ? [[key, each.seen]] : [])));
        return guarded(() => shared.claim(seen, forMs), new Set(seen.keys()));
      }),
    );
    return new Map([...asked.keys()].map((key) => [key, mine.some((keys) => keys.has(key))]));
  });

  const saves = together<Omit<Saved, 'key' | 'ageMs'> & { readonly sentAt: number }, void>(async (asked) => {
    const now = clock.monotonic();
    const all = [...asked].map(([key, { answered, sentAt }]) => ({ key, answered, ageMs: now - sentAt }));
    await guarded(() => shared.save(all), undefined);
    return new Map();
  });

  const releases = together<true, void>(async (asked) => {
    await guarded(() => shared.release([...asked.keys()]), undefined);
    return new Map();
  });

  const reads = atOnce(mostReads);
  const read = (key: string) => reads(() => guarded(() => shared.read(key), nothing));

  return {
    read,
    claim: async (key, seen, forMs) => (await claims.add(key, { seen, forMs })) ?? true,
    async untilAnswered(key, mostMs) {
      const until = clock.monotonic() + mostMs;
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(mostPauseMs, pauseMs * 2)) {
        await clock.sleep(Math.min(pauseMs, until - clock.monotonic()));
        const seen = await read(key);
        if (seen.askedForMs === undefined || clock.monotonic() >= until) return seen;
      }
    },
    save: (key, answered, sentAt) => void saves.add(key, { answered, sentAt }),
    release: (key) => void releases.add(key, true),
    async settled() {
      await Promise.all([saves.settled(), releases.settled()]);
    },
  };
};

/** Runs so many at once; the others wait for their turn. */
const atOnce = (most: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(run: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

/** What comes while a write is under way shares the next one. */
const together = <In, Out>(
  write: (asked: ReadonlyMap<string, In>) => Promise<ReadonlyMap<string, Out>>,
): { add(key: string, value: In): Promise<Out | undefined>; settled(): Promise<unknown> } => {
  let waiting = new Map<string, In>();
  let next: Promise<ReadonlyMap<string, Out>> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = async () => {
    await last;
    const taken = waiting;
    waiting = new Map();
    next = undefined;
    return write(taken);
  };

  return {
    async add(key, value) {
      waiting.set(key, value);
      next ??= start();
      const mine = next;
      last = mine.catch(() => undefined);
      return (await mine).get(key);
    },
    settled: () => last,
  };
};
