/**
 * Answers kept in this process: the most recently used, as many as fit into so many bytes. They are kept past their freshness, for callers
 * who allow that.
 */
import { LRUCache } from 'lru-cache';
import type { Answered } from '../defender/answer.ts';

export interface Kept {
  readonly answered: Answered;
  /** When its call began, by the monotonic clock. */
  readonly sentAt: number;
  /** For how many seconds from then it is fresh. */
  readonly lifetime: number;
}

export interface KeptAnswers {
  get(key: string): Kept | undefined;
  /** Keeps it, unless it is too large or one of a later call is there. @returns whether it is kept */
  keep(key: string, kept: Kept): boolean;
}

/** A larger answer is not kept: a page of the fleet is asked for once, and would displace a thousand machines. */
export const mostKeptBytes = 1024 * 1024;
/** What an entry costs besides key and body: headers, objects, the list's own. */
const overheadBytes = 1024;

/** @param mostBytes of all of them together */
export const createKeptAnswers = (mostBytes: number): KeptAnswers => {
  const answers = new LRUCache<string, Kept>({ maxSize: mostBytes, maxEntrySize: mostKeptBytes + 10 * overheadBytes });
  return {
    get: (key) => answers.get(key),
    keep(key, kept) {
      const { byteLength } = kept.answered.body;
      if (byteLength > mostKeptBytes || (answers.peek(key)?.sentAt ?? Number.NEGATIVE_INFINITY) > kept.sentAt)
        return false;
      answers.set(
        key,
        { ...kept, answered: ownBody(kept.answered) },
        { size: byteLength + 2 * key.length + overheadBytes },
      );
      return answers.has(key);
    },
  };
};

/** A body may be a piece of a larger buffer, which it would keep alive. */
const ownBody = (answered: Answered): Answered =>
  answered.body.byteLength < answered.body.buffer.byteLength
    ? { ...answered, body: new Uint8Array(answered.body) }
    : answered;
