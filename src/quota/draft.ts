/** The next version of a ledger while a round makes it. */
import type { Block, HeldSlot, LedgerRow, Promised, Turn } from './ledgerRow.ts';
import { createPlacing, type Placing } from './placing.ts';
import type { PriorityClass } from './priorityClass.ts';

export interface Draft {
  /** No slot before this. */
  readonly from: number;
  readonly owner: string;
  readonly placing: Placing;
  readonly held: readonly HeldSlot[];
  readonly turns: readonly Turn[];
  readonly told: readonly Promised[];
  /** After a 429 of Defender's; undefined where calls may go. */
  readonly closure: Closure | undefined;
  /** @param guaranteed whether it comes by the class's minimum: then it serves no other */
  book(by: PriorityClass, at: number, guaranteed?: boolean): HeldSlot;
  line(turns: readonly Turn[]): void;
  promise(told: Promised): void;
  redeem(told: Promised): void;
  /** The row as it now is; its `seq` is still the old one. */
  row(): LedgerRow;
}

/** `probe`: one call may go from `from` on. `probing`: it is under way, and by `from` it will have been answered or lost. */
export interface Closure {
  readonly kind: 'probe' | 'probing';
  readonly from: number;
}

/** A text of the store holds 32,768 characters, and a slot takes up to 98 of them. */
export const mostHeld = 320;

/** @param ground settled: what `from` no longer needs is gone */
export const createDraft = (ground: LedgerRow, owner: string, nextNumber: number, from: number): Draft => {
  const placing = createPlacing(ground);
  const booked: HeldSlot[] = [];
  let { turns, told, block } = ground;

  return {
    from,
    owner,
    placing,
    get held() {
      return [...ground.held, ...booked];
    },
    get turns() {
      return turns;
    },
    get told() {
      return told;
    },
    get closure() {
      return closureOf(block, ground, from);
    },
    book(by, at, guaranteed = false) {
      const number = nextNumber + booked.length;
      const slot: HeldSlot = { at, by, owner, number, ...(guaranteed ? { guaranteed } : {}) };
      if (closureOf(block, ground, from)?.kind === 'probe' && block) block = { ...block, probe: slot };
      booked.push(slot);
      placing.add(slot);
      return slot;
    },
    line(next) {
      turns = next;
    },
    promise(entry) {
      told = [...told, entry];
      placing.add(entry);
    },
    redeem(entry) {
      told = told.filter((other) => other !== entry);
      placing.remove(entry);
    },
    row: () => ({
      ...ground,
      held: booked.length === 0 ? ground.held : [...ground.held, ...booked].sort((a, b) => a.at - b.at),
      turns,
      told,
      block,
    }),
  };
};

const closureOf = (block: Block | undefined, { limits }: LedgerRow, from: number): Closure | undefined => {
  if (!block) return undefined;
  const over = block.probe && block.probe.at + probeTakesMs(limits);
  if (over === undefined || over < from) return { kind: 'probe', from: Math.max(from, block.until) };
  return { kind: 'probing', from: over };
};

/** How long the others wait for the probe's answer: a twelfth of the shortest window, 5 s at most. */
export const probeTakesMs = (limits: LedgerRow['limits']): number =>
  Math.min(5000, Math.ceil(((limits[0]?.seconds ?? 60) * 1000) / 12));
