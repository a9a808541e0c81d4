import type { Clock } from '../clock.ts';
import type { AnswerRows, RowVersion } from './answerRows.ts';
import { answersInRows } from './answersInRows.ts';
import type { SharedAnswers } from './sharedAnswers.ts';

export interface MemoryAnswersOptions {
  readonly owner?: string;
  /** The same for processes that share their answers. */
  readonly rows?: MemoryRows;
}

/** Shared answers in this process: for tests. The store's clock is the wall clock of `clock`. */
export const memoryAnswers = (
  clock: Pick<Clock, 'wall' | 'monotonic'>,
  { owner = 'this', rows = memoryRows(clock) }: MemoryAnswersOptions = {},
): SharedAnswers => answersInRows({ rows, owner, clock });

/** Rows of shared answers in this process. */
export interface MemoryRows extends AnswerRows {
  /** Puts anything in a row's place, as a newer gateway might. */
  overwrite(slot: string, stored: Readonly<Record<string, unknown>>): void;
}

export const memoryRows = (clock: Pick<Clock, 'wall'>): MemoryRows => {
  const kept = new Map<string, RowVersion & { stored: Readonly<Record<string, unknown>> }>();
  let writes = 0;

  const put = (slot: string, stored: Readonly<Record<string, unknown>>) => {
    const row = { stored, etag: `"${++writes}"`, stampedAt: Math.floor(clock.wall()) };
    kept.set(slot, row);
    return row;
  };

  return {
    async read(slot) {
      return { row: kept.get(slot), now: { earliest: Math.floor(clock.wall()), latest: Math.ceil(clock.wall()) } };
    },
    async write(wanted) {
      const written = new Map<string, RowVersion>();
      for (const { slot, etag, how, properties } of wanted) {
        const before = kept.get(slot);
        if (before?.etag !== etag) continue;
        written.set(slot, put(slot, how === 'merge' ? { ...before?.stored, ...properties } : { ...properties }));
      }
      return written;
    },
    overwrite: (slot, stored) => void put(slot, stored),
  };
};
