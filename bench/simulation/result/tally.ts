/** What is counted while a run goes on. */
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import type { StoreCount } from '../world/network.ts';

export interface ClassTally {
  asked: number;
  /** How long each call that was sent had waited for its turn: milliseconds. */
  readonly waitsMs: number[];
  /** When each was sent: milliseconds of virtual time. */
  readonly sentAt: number[];
  refused: number;
  closed: number;
}

export interface Tally {
  readonly store: StoreCount;
  readonly classes: Readonly<Record<PriorityClass, ClassTally>>;
  /** Background calls of each seat since the run was warm. */
  readonly bySeat: number[];
  sent: number;
  /** Calls that left without a slot of their process. */
  unslotted: number;
  crashes: number;
  freezes: number;
  /** Callers told to come back who did, and those of them who were served then. */
  returned: number;
  served: number;
  /** Outages: how long after each the next call arrived, and what was sent in them beyond the slots held before. */
  readonly recoveriesMs: number[];
  sentBeyondHeld: number;
}

export const createTally = (seats: number): Tally => ({
  store: { reads: 0, writes: 0, stamps: 0, conflicts: 0 },
  classes: { interactive: classTally(), enrichment: classTally(), background: classTally() },
  bySeat: Array<number>(seats).fill(0),
  sent: 0,
  unslotted: 0,
  crashes: 0,
  freezes: 0,
  returned: 0,
  served: 0,
  recoveriesMs: [],
  sentBeyondHeld: 0,
});

const classTally = (): ClassTally => ({ asked: 0, waitsMs: [], sentAt: [], refused: 0, closed: 0 });
