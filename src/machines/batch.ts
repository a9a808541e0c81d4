/** Lookups on board of one call: who travels is settled when the call is sent, and what each is told when the answer is there. */
import type { Clock } from '../clock.ts';
import type { Answer } from '../defender/answer.ts';
import type { AskOptions, Defender } from '../defender/client.ts';
import type { Question } from '../defender/question.ts';
import { comeApart, type Part } from './comeApart.ts';
import { createFlight, type Flight, type Landing } from './flight.ts';
import type { Lookup } from './lookup.ts';
import { type Form, mergedCall, mergedQuestion } from './mergedQuestion.ts';
import { type Occasion, occasion } from './occasion.ts';

export interface Batch {
  /** Which form its question takes. */
  readonly level: number;
  readonly flight: Flight;
  /** It waits no longer for more; what comes then is still taken along until the call is sent. */
  readonly gathered: Occasion;
  /** Somebody on board can't wait for a call that is under way. */
  readonly hurried: Occasion;
  /** Those on board, each with what it asks where it goes alone. */
  readonly lookups: Map<Lookup, Question>;
  /** Those that were on board when it was sent. */
  readonly sent: readonly Lookup[];
  /** It was sent with one list on board, as that list's own question: the answer is that one's, as it is. */
  readonly isOwn: boolean;
  /** Takes one out that nobody wants any more. */
  remove(lookup: Lookup): void;
  /** What the answer holds for one of them. */
  partOf(landing: Landing, lookup: Lookup): Part | undefined;
}

export type Ask = (options: AskOptions) => Promise<Answer>;

export interface BatchOptions {
  readonly form: Form;
  readonly level: number;
  readonly ask: Defender['ask'];
  /** What counts the calls that are under way. */
  readonly followed: (ask: Ask) => Ask;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  /** From now on nobody comes on board: it is sent, or all have left. */
  readonly onClosed: (batch: Batch) => void;
  /** An answer came for several. */
  readonly onTogether: () => void;
}

export const createBatch = (options: BatchOptions): Batch => {
  const { form, level, ask, followed, clock, onClosed, onTogether } = options;
  const lookups = new Map<Lookup, Question>();
  let sent: readonly Lookup[] = [];
  let isOwn = false;
  let apart: ((lookup: Lookup) => Part) | undefined;

  const question = (): Question => {
    sent = [...lookups.keys()];
    onClosed(batch);
    const [own, ...others] = lookups.values();
    isOwn = others.length === 0 && own?.call === mergedCall;
    return own && isOwn ? own : mergedQuestion(sent, form);
  };

  const send = async (asked: AskOptions): Promise<Answer> => {
    const answer = await ask(mergedCall, question, asked);
    if (sent.length > 1) onTogether();
    return answer;
  };

  const batch: Batch = {
    level,
    lookups,
    gathered: occasion(),
    hurried: occasion(),
    flight: createFlight({ clock, call: mergedCall, ask: followed(send) }),
    get sent() {
      return sent;
    },
    get isOwn() {
      return isOwn;
    },
    remove(lookup) {
      lookups.delete(lookup);
      if (lookups.size === 0) onClosed(batch);
    },
    partOf({ answer }, lookup) {
      if (answer.kind !== 'answered' || answer.status !== 200) return undefined;
      apart ??= comeApart(answer, sent);
      return apart(lookup);
    },
  };
  return batch;
};
