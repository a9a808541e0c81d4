/**
 * Lookups of one kind that wait for a call they can share. Whoever comes opens a batch or joins the open one; it leaves when nobody came
 * for some milliseconds and no call of the kind is under way, when it is full, or when it has been held for a second. From then on it
 * waits for the quota, and until its call is really sent, there is room for more.
 */
import type { Clock } from '../clock.ts';
import type { Defender } from '../defender/client.ts';
import type { Question } from '../defender/question.ts';
import { type Ask, type Batch, createBatch } from './batch.ts';
import type { Lookup } from './lookup.ts';
import { type Form, mergedQuestion } from './mergedQuestion.ts';
import { occasion } from './occasion.ts';

export interface Lane {
  /**
   * Takes a lookup on board of the open batch, or of a new one.
   *
   * @param question what it asks where it goes alone
   */
  place(lookup: Lookup, question: Question, form: Form, level: number): Batch;
  /** Calls of the kind, in a batch or not: from when one is sent, others wait for its end. */
  followed(ask: Ask): Ask;
  /** Others of the kind are waiting or under way. */
  readonly isBusy: boolean;
}

export interface LaneOptions {
  readonly ask: Defender['ask'];
  /** Bytes of the whole address. */
  readonly addressBytes: (question: Question) => number;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
}

/** Who comes within so many milliseconds of another goes with it. */
const quietMs = 5;
/** Those who were just answered together come again one after the other: a call is dearer than a moment. */
const livelyQuietMs = 50;
const livelyForMs = 250;
const mostHoldMs = 1000;
/** Longer addresses are refused somewhere on the way. */
const mostAddressBytes = 2000;

export const createLane = ({ ask, addressBytes, clock }: LaneOptions): Lane => {
  let underWay = 0;
  let idle = occasion();
  let open: Batch | undefined;
  /** When lookups were last answered together. */
  let togetherAt = Number.NEGATIVE_INFINITY;

  const end = () => {
    underWay -= 1;
    if (underWay > 0) return;
    idle.come();
    idle = occasion();
  };

  const followed =
    (ask: Ask): Ask =>
    async (options) => {
      let isSent = false;
      const onSent = () => {
        if (!isSent) underWay += 1;
        isSent = true;
        options.onSent?.();
      };
      return ask({ ...options, onSent }).finally(() => isSent && end());
    };

  const untilIdle = async (mostMs: number, hurried: Promise<void>): Promise<void> => {
    if (underWay === 0) return;
    const over = new AbortController();
    await Promise.race([idle.came, hurried, clock.sleep(mostMs, over.signal)]);
    over.abort();
  };

  const gather = async (batch: Batch): Promise<void> => {
    const until = clock.monotonic() + mostHoldMs;
    for (let isOver = false; !isOver && !batch.gathered.hasCome; ) {
      await untilIdle(until - clock.monotonic(), batch.hurried.came);
      const { size } = batch.lookups;
      await clock.sleep(clock.monotonic() - togetherAt < livelyForMs ? livelyQuietMs : quietMs);
      const isQuiet = underWay === 0 && batch.lookups.size === size;
      isOver = isQuiet || batch.hurried.hasCome || clock.monotonic() >= until;
    }
    batch.gathered.come();
  };

  const openBatch = (form: Form, level: number): Batch => {
    const batch = createBatch({
      form,
      level,
      ask,
      followed,
      clock,
      onClosed: (closed) => {
        if (open === closed) open = undefined;
      },
      onTogether: () => {
        togetherAt = clock.monotonic();
      },
    });
    void gather(batch);
    return batch;
  };

  const hasRoom = ({ lookups }: Batch, lookup: Lookup, form: Form): boolean =>
    lookups.size < form.mostKeys && addressBytes(mergedQuestion([...lookups.keys(), lookup], form)) <= mostAddressBytes;

  return {
    followed,
    get isBusy() {
      return underWay > 0 || open !== undefined;
    },
    place(lookup, question, form, level) {
      if (open && (open.level !== level || !hasRoom(open, lookup, form))) {
        open.gathered.come();
        open = undefined;
      }
      open ??= openBatch(form, level);
      const batch = open;
      batch.lookups.set(lookup, question);
      if (batch.lookups.size >= form.mostKeys) {
        batch.gathered.come();
        open = undefined;
      }
      return batch;
    },
  };
};
