import type { Clock } from '../clock.ts';
import type { Ledger, Version } from './ledger.ts';
import { decodeRow, encodeRow, type StoredRow } from './ledgerCodec.ts';

/** A ledger in this process: for tests and simulations. It keeps rows in their stored form, as the table does. */
export interface MemoryLedger extends Ledger {
  /** Puts anything in the ledger's place, as a hand or a newer gateway might. */
  overwrite(stored: Readonly<Record<string, unknown>>): void;
  /** Loses it. */
  remove(): void;
}

export const memoryLedger = (clock: Pick<Clock, 'wall'>): MemoryLedger => {
  let kept: { stored: Readonly<Record<string, unknown>>; etag: string; stampedAt: number } | undefined;
  let writes = 0;

  const write = (stored: Readonly<Record<string, unknown>>) => {
    kept = { stored, etag: `"${++writes}"`, stampedAt: Math.floor(clock.wall()) };
    return kept;
  };

  return {
    async read(): Promise<Version | undefined> {
      return kept && { row: decodeRow(kept.stored), etag: kept.etag, stampedAt: kept.stampedAt };
    },
    async swap(from, next) {
      if (kept?.etag !== from?.etag) return { kind: 'overtaken' };
      const { etag, stampedAt } = write({ ...encodeRow(next) } satisfies StoredRow);
      return { kind: 'written', version: { row: next, etag, stampedAt } };
    },
    async stamp() {
      return Math.floor(clock.wall());
    },
    overwrite(stored) {
      write(stored);
    },
    remove() {
      kept = undefined;
    },
  };
};
