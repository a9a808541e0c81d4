/**
 * Lookups of one kind that wait for a call they can share. Whoever comes opens a batch or joins the open one; it leaves when nobody came
 * for some milliseconds and no call of the kind is under way, when it is full, or when it has been held for a second. From then on it
 * waits for the quota, and until its call is really sent, there is room for more.
 */
import type { Clock } from '../clock.ts';
import type { Answer } from '../defender/answer.ts';
import type { AskOptions, Defender } from '../defender/client.ts';
import type { Question } from '../defender/question.ts';
import { comeApart, type Part } from './comeApart.ts';
import { createFlight, type Flight, type Landing } from './flight.ts';
import type { Lookup } from './lookup.ts';
import { type Form, mergedCall, mergedQuestion } from './mergedQuestion.ts';

export interface Batch {
  /** Which form its question takes. */
  readonly level: number;
  readonly flight: Flight;
  /** Resolves when it waits no longer for more; what comes then is still taken along until the call is sent. */
  readonly gathered: Promise<void>;
  /** Those on board, each with what it asks where it goes alone. */
  readonly lookups: ReadonlyMap<Lookup, Question>;
  /** Those that were on board when it was sent. */
  readonly sent: readonly Lookup[];
  /** It was sent with one list on board, as that list's own question: the answer is that one's, as it is. */
  readonly isOwn: boolean;
  /** Somebody on board can't wait for a call that is under way. */
  hurry(): void;
  /** Takes one out that nobody wants any more. */
  remove(lookup: Lookup): void;
  /** What the answer holds for one of them. */
  partOf(landing: Landing, lookup: Lookup): Part | undefined;
}

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

type Ask = (options: AskOptions) => Promise<Answer>;

interface OpenBatch extends Batch {
  readonly lookups: Map<Lookup, Question>;
  sent: readonly Lookup[];
  isOwn: boolean;
  isGathered: boolean;
  isHurried: boolean;
  readonly hurried: Promise<void>;
  close(): void;
}

export const createLane = ({ ask, addressBytes, clock }: LaneOptions): Lane => {
  let underWay = 0;
  let idle = occasion();
  let open: OpenBatch | undefined;
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

  const gather = async (batch: OpenBatch): Promise<void> => {
    const until = clock.monotonic() + mostHoldMs;
    for (let isOver = false; !isOver && !batch.isGathered; ) {
      await untilIdle(until - clock.monotonic(), batch.hurried);
      const { size } = batch.lookups;
      await clock.sleep(clock.monotonic() - togetherAt < livelyForMs ? livelyQuietMs : quietMs);
      const isQuiet = underWay === 0 && batch.lookups.size === size;
      isOver = isQuiet || batch.isHurried || clock.monotonic() >= until;
    }
    batch.close();
  };

  const createBatch = (form: Form, level: number): OpenBatch => {
    const lookups = new Map<Lookup, Question>();
    const [gathered, hurry] = [occasion(), occasion()];
    let apart: ((lookup: Lookup) => Part) | undefined;
    const question = () => {
      batch.sent = [...lookups.keys()];
      if (open === batch) open = undefined;
      const [own, ...others] = lookups.values();
      batch.isOwn = others.length === 0 && own?.call === mergedCall;
      return own && batch.isOwn ? own : mergedQuestion(batch.sent, form);
    };
    const send = async (options: AskOptions): Promise<Answer> => {
      const answer = await ask(mergedCall, question, options);
      if (batch.sent.length > 1) togetherAt = clock.monotonic();
      return answer;
    };
    const batch: OpenBatch = {
      level,
      lookups,
      gathered: gathered.came,
      isGathered: false,
      isHurried: false,
      hurried: hurry.came,
      hurry() {
        batch.isHurried = true;
        hurry.come();
      },
      sent: [],
      isOwn: false,
      flight: createFlight({ clock, call: mergedCall, ask: followed(send) }),
      close() {
        batch.isGathered = true;
        gathered.come();
      },
      remove(lookup) {
        lookups.delete(lookup);
        if (lookups.size === 0 && open === batch) open = undefined;
      },
      partOf({ answer }, lookup) {
        if (answer.kind !== 'answered' || answer.status !== 200) return undefined;
        apart ??= comeApart(answer, batch.sent);
        return apart(lookup);
      },
    };
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
        open.close();
        open = undefined;
      }
      open ??= createBatch(form, level);
      const batch = open;
      batch.lookups.set(lookup, question);
      if (batch.lookups.size >= form.mostKeys) {
        batch.close();
        open = undefined;
      }
      return batch;
    },
  };
};

/** Something that comes once. */
const occasion = () => {
  let come = () => {};
  const came = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { came, come: () => come() };
};
