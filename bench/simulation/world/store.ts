/**
 * The store: the memory ledger with a clock of its own, that can lose the ledger, or go back to an older one. It keeps accounts
 * of what the versions say of slots.
 */
import type { Ledger, Version } from '../../../src/quota/ledger.ts';
import { decodeRow, encodeRow, type StoredRow } from '../../../src/quota/ledgerCodec.ts';
import { memoryLedger } from '../../../src/quota/memoryLedger.ts';
import type { Digest } from '../result/digest.ts';
import type { VirtualTime } from '../time/virtualTime.ts';
import { createSlotAccounts, type SlotAccounts } from './slotAccounts.ts';

export interface SimulatedStore {
  readonly ledger: Ledger;
  readonly accounts: SlotAccounts;
  /** The version that stands there, without a transaction. */
  readonly newest: Version | undefined;
  /** Its clock. */
  wall(): number;
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
  const accounts = createSlotAccounts();
  let newest: Version | undefined;
  let kept: StoredRow | undefined;

  return {
    ledger: {
      read: memory.read,
      stamp: memory.stamp,
      async swap(from, next) {
        const swap = await memory.swap(from, next);
        if (swap.kind === 'overtaken') return swap;
        accounts.written(newest?.row, swap.version.row);
        newest = swap.version;
        digest.add('written', time.now);
        return swap;
      },
    },
    accounts,
    get newest() {
      return newest;
    },
    wall,
    stepClock(byMs) {
      offsetMs += byMs;
      accounts.stepped(byMs);
    },
    lose() {
      memory.remove();
      newest = undefined;
      accounts.broken();
    },
    copy() {
      kept = newest && encodeRow(newest.row);
    },
    restore() {
      if (!kept) return;
      memory.overwrite({ ...kept });
      newest = { row: decodeRow({ ...kept }), etag: '', stampedAt: Math.floor(wall()) };
      accounts.broken();
    },
  };
};
