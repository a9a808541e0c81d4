/**
 * The store: the memory ledger, with a clock of its own, and with accounts of what its versions say of slots. It can lose the
 * ledger, or go back to an older one.
 */

import type { Ledger, Version } from '../../../src/quota/ledger.ts';
import { decodeRow, encodeRow, type StoredRow } from '../../../src/quota/ledgerCodec.ts';
import type { Entry, LedgerRow } from '../../../src/quota/ledgerRow.ts';
import { type MemoryLedger, memoryLedger } from '../../../src/quota/memoryLedger.ts';
import type { Digest } from '../result/digest.ts';
import type { VirtualTime } from '../time/virtualTime.ts';

export interface SimulatedStore {
  readonly ledger: Ledger;
  /** Slots that were written down, and those of them that were given back. */
  readonly booked: number;
  readonly released: number;
  /** The version that stands there, without a transaction. */
  readonly newest: Version | undefined;
  stepClock(byMs: number): void;
  lose(): void;
  /** Keeps a copy, for `restore`. */
  copy(): void;
  /** Puts the last copy in the ledger's place. */
  restore(): void;
}

export const createStore = (time: VirtualTime, epochMs: number, drift: number, digest: Digest): SimulatedStore => {
  let offsetMs = epochMs;
  const wall = () => offsetMs + time.now * (1 + drift);
  const memory = memoryLedger({ wall });
  let newest: Version | undefined;
  let kept: StoredRow | undefined;
  let booked = 0;
  let released = 0;

  const take = (version: Version) => {
    const before = newest?.row;
    const known = new Set(before?.held.map(nameOf));
    const still = new Set(version.row.held.map(nameOf));
    booked += version.row.held.filter((slot) => !known.has(nameOf(slot))).length;
    for (const slot of before?.held ?? []) {
      if (still.has(nameOf(slot))) continue;
      if (countAt(version.row.log, slot.at) <= countAt(before?.log ?? [], slot.at)) released += 1;
    }
    newest = version;
    digest.add('written', time.now);
  };

  return {
    ledger: decodingOnce(memory, take),
    get booked() {
      return booked;
    },
    get released() {
      return released;
    },
    get newest() {
      return newest;
    },
    stepClock(byMs) {
      offsetMs += byMs;
    },
    lose() {
      memory.remove();
      newest = undefined;
    },
    copy() {
      kept = newest && encodeRow(newest.row);
    },
    restore() {
      if (!kept) return;
      memory.overwrite({ ...kept });
      newest = { row: decodeRow({ ...kept }), etag: '', stampedAt: Math.floor(wall()) };
    },
  };
};

/** Many processes read the same version: it is decoded once. */
const decodingOnce = (memory: MemoryLedger, onWritten: (version: Version) => void): Ledger => ({
  read: () => memory.read(),
  async swap(from, next: LedgerRow) {
    const swap = await memory.swap(from, next);
    if (swap.kind === 'written') onWritten(swap.version);
    return swap;
  },
  stamp: () => memory.stamp(),
});

const nameOf = ({ owner, number }: { owner: string; number: number }): string => `${owner} ${number}`;

/** How many calls of a log, looked at from its end, lie at one instant. */
const countAt = (log: readonly Entry[], at: number): number => {
  let count = 0;
  for (let i = log.length - 1; i >= 0; i--) {
    const entry = log[i];
    if (!entry || entry.at < at) break;
    if (entry.at === at) count += 1;
  }
  return count;
};
