/**
 * The row that a question's answer is kept in: its slot, and what stands there.
 *
 * The slot is the beginning of the question's hash, so there are a million rows at most and nobody has to clear them away: a newer
 * question takes the place of an older one. A row is believed only where it holds the whole hash of the question.
 */
import { createHash } from 'node:crypto';
import type { Answered } from '../defender/answer.ts';
import { decodeAnswer } from './answerCodec.ts';

/** Flat properties of an entity. An answer, a claim, or both. */
export interface StoredAnswer {
  readonly format: number;
  /** SHA-256 of the question's key, in hexadecimal digits. */
  readonly hash: string;
  readonly answer?: Uint8Array;
  /** When the call began, by the store's clock, or a little earlier: an ISO 8601 instant. */
  readonly calledAt?: string;
  /** Who asks for a newer one. */
  readonly owner?: string;
  /** How long others wait for it, from when the row was written; 0: no longer. */
  readonly forMs?: number;
}

export interface RowAnswer {
  readonly answered: Answered;
  /** Milliseconds since 1970. */
  readonly calledAt: number;
}

export const format = 1;

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** The row's name: the first 20 bits. */
export const slotOf = (hash: string): string => hash.slice(0, 5);

/** The answer in a row; undefined where there is none to this question, or none that can be read. */
export const answerIn = async (stored: Stored, hash: string): Promise<RowAnswer | undefined> => {
  const calledAt = Date.parse(String(stored.calledAt));
  if (!isOf(stored, hash) || !(stored.answer instanceof Uint8Array) || Number.isNaN(calledAt)) return undefined;
  return decodeAnswer(stored.answer).then(
    (answered) => ({ answered, calledAt }),
    () => undefined,
  );
};

/** The claim on a row, live or over. */
export const claimIn = (stored: Stored, hash: string): { owner: string; forMs: number } | undefined => {
  const { owner, forMs } = stored;
  if (!isOf(stored, hash) || typeof owner !== 'string' || typeof forMs !== 'number') return undefined;
  return { owner, forMs };
};

type Stored = Readonly<Record<string, unknown>>;

const isOf = (stored: Stored, hash: string): boolean => stored.format === format && stored.hash === hash;
