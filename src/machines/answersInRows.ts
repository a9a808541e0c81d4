/**
 * The semantics of shared answers, on rows: `tableAnswers` and `memoryAnswers` differ only in where these are kept.
 *
 * When a call began is told by the store's clock: a process knows that a claim of its own was stamped at an instant, and how long after
 * that answer it sent its call. So an answer's age does not depend on how long its row was on the way, nor on what is written to the row
 * later. A write is always based on the version of the row that was read or written last; where somebody wrote in between, what
 * stands there is compared, and the younger call wins.
 */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { encodeAnswer } from './answerCodec.ts';
import { answerIn, claimIn, format, hashOf, slotOf } from './answerRow.ts';
import type { AnswerRows, RowRead, RowVersion, RowWrite } from './answerRows.ts';
import type { Saved, Seen, SharedAnswers } from './sharedAnswers.ts';

export interface AnswersOptions {
  readonly rows: AnswerRows;
  /** This process, as its claims name it. */
  readonly owner: string;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** More questions than a process has at once; one that is forgotten costs a read when its answer is saved. */
const mostKnown = 10_000;

export const answersInRows = ({ rows, owner, clock }: AnswersOptions): SharedAnswers => {
  const own = new LRUCache<string, Known>({ max: mostKnown });
  const looked = new LRUCache<string, Known>({ max: mostKnown });
  const known = (version: RowVersion): Known => ({ ...version, at: clock.monotonic() });

  const take = (from: LRUCache<string, Known>, hash: string): Known | undefined => {
    const version = from.get(hash);
    from.delete(hash);
    return version;
  };

  const ready = async ({ key, answered, ageMs }: Saved): Promise<Ready> => {
    const beganAt = clock.monotonic() - ageMs;
    const hash = hashOf(key);
    const [claim, read] = [take(own, hash), take(looked, hash)];
    return { hash, slot: slotOf(hash), beganAt, claim, base: claim ?? read, answer: await encodeAnswer(answered) };
  };

  /** Where somebody wrote since, that may be an answer: it stays if its call was the younger one. */
  const basedOnRead = async (answer: Fitting): Promise<readonly RowWrite[]> => {
    const { row, now } = await rows.read(answer.slot);
    const base: Known = { stampedAt: now.earliest, etag: row?.etag, at: clock.monotonic() };
    const there = row && (await answerIn(row.stored, answer.hash));
    return there && there.calledAt >= calledAt(answer, base) ? [] : [saving(answer, base)];
  };

  return {
    async read(key) {
      const hash = hashOf(key);
      const read = await rows.read(slotOf(hash));
      looked.set(hash, { etag: read.row?.etag, stampedAt: read.now.earliest, at: clock.monotonic() });
      return seen(read, hash, owner);
    },
    async claim(wanted, forMs) {
      const claims = [...wanted].map(([key, { version, answer }]) => {
        const hash = hashOf(key);
        return { key, hash, write: claiming(slotOf(hash), hash, version, answer !== undefined, { owner, forMs }) };
      });
      const writes = firstOfEachSlot(claims.map(({ write }) => write));
      const written = await rows.write(writes);
      const first = new Set(writes);
      for (const { hash, write } of claims) {
        const version = written.get(write.slot);
        if (version && first.has(write)) own.set(hash, known(version));
      }
      // Of two that share a slot the second has no claim, and is nobody else's either.
      return new Set(claims.flatMap(({ key, write }) => (written.has(write.slot) || !first.has(write) ? [key] : [])));
    },
    async save(answers) {
      const all = await Promise.all(answers.map(ready));
      const fitting = all.filter(isFitting);
      const ended = all.flatMap((each) => (!isFitting(each) && each.claim ? [ending(each.slot, each.claim)] : []));
      const based = fitting.flatMap((each) => (each.base ? [saving(each, each.base)] : []));
      const written = await rows.write(firstOfEachSlot([...based, ...ended]));
      const left = fitting.filter(({ slot, base }) => !base || !written.has(slot));
      const late = await Promise.all(left.map(basedOnRead));
      await rows.write(firstOfEachSlot(late.flat()));
    },
    async release(keys) {
      const ended = keys.flatMap((key) => {
        const hash = hashOf(key);
        const claim = take(own, hash);
        return claim ? [ending(slotOf(hash), claim)] : [];
      });
      await rows.write(firstOfEachSlot(ended));
    },
  };
};

/** A row's version, known since `at` of this process's monotonic clock, when the store's said `stampedAt` or more. */
interface Known {
  readonly etag: string | undefined;
  readonly stampedAt: number;
  readonly at: number;
}

/** An answer on its way into the store; without `answer` where it is too large. */
interface Ready {
  readonly hash: string;
  readonly slot: string;
  /** When its call began, by this process's monotonic clock. */
  readonly beganAt: number;
  readonly claim: Known | undefined;
  /** What the row was when this process last read or wrote it, which was before the call. */
  readonly base: Known | undefined;
  readonly answer: Uint8Array | undefined;
}

type Fitting = Ready & { readonly answer: Uint8Array };
const isFitting = (ready: Ready): ready is Fitting => ready.answer !== undefined;

const seen = async ({ row, now }: RowRead, hash: string, reader: string): Promise<Seen> => {
  if (!row) return {};
  const answer = await answerIn(row.stored, hash);
  const claim = claimIn(row.stored, hash);
  const left = claim && claim.owner !== reader ? Math.min(row.stampedAt + claim.forMs - now.earliest, claim.forMs) : 0;
  return {
    answer: answer && { answered: answer.answered, ageMs: Math.max(0, now.latest - answer.calledAt) },
    askedForMs: left > 0 ? left : undefined,
    version: row.etag,
  };
};

/** A claim on a row with an answer leaves that in its place; anything else that stands there goes. */
const claiming = (
  slot: string,
  hash: string,
  etag: string | undefined,
  isAnswered: boolean,
  claim: { readonly owner: string; readonly forMs: number },
): RowWrite =>
  isAnswered
    ? { slot, etag, how: 'merge', properties: claim }
    : { slot, etag, how: 'replace', properties: { format, hash, ...claim } };

const saving = (answer: Fitting, base: Known): RowWrite => ({
  slot: answer.slot,
  etag: base.etag,
  how: 'replace',
  properties: {
    format,
    hash: answer.hash,
    answer: answer.answer,
    calledAt: new Date(calledAt(answer, base)).toISOString(),
  },
});

const ending = (slot: string, { etag }: Known): RowWrite => ({ slot, etag, how: 'merge', properties: { forMs: 0 } });

/** Whole milliseconds of the store's clock, never later than it was. */
const calledAt = ({ beganAt }: Ready, { stampedAt, at }: Known): number => Math.floor(stampedAt + beganAt - at);

const firstOfEachSlot = (writes: readonly RowWrite[]): readonly RowWrite[] => {
  const first = new Map<string, RowWrite>();
  for (const write of writes) if (!first.has(write.slot)) first.set(write.slot, write);
  return [...first.values()];
};
