import type { Clock } from '../clock.ts';
import { mostDead, type SavedRow, type SpendStore } from './spend.ts';
import { decodeSpend, encodeSpend } from './spendCodec.ts';

/** Rows of spend in this process: for tests. It keeps them in their stored form, as the table does. */
export interface MemorySpend extends SpendStore {
  /** Puts anything in a process's place, as a newer gateway might. */
  overwrite(owner: string, stored: Readonly<Record<string, unknown>>): void;
}

export const memorySpend = (clock: Pick<Clock, 'wall'>): MemorySpend => {
  const kept = new Map<string, { stored: Readonly<Record<string, unknown>>; savedAt: number }>();
  const put = (owner: string, stored: Readonly<Record<string, unknown>>) =>
    kept.set(owner, { stored, savedAt: Math.floor(clock.wall()) });

  return {
    async read(since) {
      const found = [...kept].filter(([, { savedAt }]) => savedAt >= since);
      const rows = found.flatMap(([owner, { stored, savedAt }]) => readable(owner, stored, savedAt));
      return { rows, unreadable: found.length - rows.length };
    },
    async save({ owner, spent }, dead) {
      if (dead.length > mostDead || dead.some((name) => !kept.has(name)))
        throw new Error('a row to remove is not there');
      for (const name of dead) kept.delete(name);
      put(owner, { ...encodeSpend(spent) });
    },
    async dead(since) {
      return [...kept].flatMap(([owner, { savedAt }]) => (savedAt < since ? [owner] : [])).slice(0, mostDead);
    },
    overwrite: (owner, stored) => void put(owner, stored),
  };
};

const readable = (owner: string, stored: Readonly<Record<string, unknown>>, savedAt: number): SavedRow[] => {
  try {
    return [{ owner, savedAt, spent: decodeSpend(stored) }];
  } catch {
    return [];
  }
};
