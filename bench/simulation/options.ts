/** What a run is made of. Durations are seconds of virtual time unless their name says otherwise. */
import type { Timing } from '../../src/quota/guard.ts';
import type { Limit } from '../../src/quota/limits.ts';
import type { Policy } from '../../src/quota/policy.ts';
import type { PriorityClass } from '../../src/quota/priorityClass.ts';
import type { ModelName } from './upstream/countingModel.ts';
import type { NetworkOptions } from './world/network.ts';
import type { GateMaker } from './world/process.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly processes: number;
  readonly limits: readonly Limit[];
  readonly timing: Timing;
  readonly policy?: Policy;
  /** Calls under way at once in one process. */
  readonly concurrency: number;
  readonly model: ModelName;
  /** Whether a 429 names the limit that is spent. */
  readonly namesLimit: boolean;
  /** Of the spread of ways to the upstream, a call takes a random part to this power: 6 where most are quick, under 1 where most are slow. */
  readonly spreadPower: number;
  readonly network: NetworkOptions;
  readonly chaos: Chaos;
  readonly load: Load;
  /** Another gate than the one that ships. */
  readonly gate?: GateMaker;
}

/** What goes wrong; `every` so many seconds, or 0 for never. */
export interface Chaos {
  /** A process dies, and is started anew after a while. */
  readonly crashEvery: number;
  /** A process closes its gate and ends, and is started anew. */
  readonly leaveEvery: number;
  /** A process stands still for 0.2 to 10 s. */
  readonly freezeEvery: number;
  /** Somebody sets a process's wall clock. */
  readonly setWallEvery: number;
  /** Of all timers, how many are up to 2 s late. */
  readonly lateShare: number;
  /** The store's clock is set this many milliseconds forward (or back). */
  readonly storeSteps: readonly { readonly at: number; readonly byMs: number }[];
  /** The ledger is lost. */
  readonly ledgerLost: readonly number[];
  /** A copy of this age takes the ledger's place. */
  readonly ledgerSetBack: readonly { readonly at: number; readonly age: number }[];
}

/** Who calls. */
export interface Load {
  /** Of each class, callers that each process keeps waiting: who is served or refused is followed by another. */
  readonly keeps: Readonly<Record<PriorityClass, number>>;
  /** How long callers can wait. */
  readonly wait: Readonly<Record<PriorityClass, number>>;
  readonly interactivePerHour: number;
  /** Of these, how many come in bursts, and how many in one. */
  readonly burstShare: number;
  readonly burstOf: number;
  readonly enrichmentPerHour: number;
  /** Calls of others on the same quota. */
  readonly foreignPerHour: number;
  /** So many callers who cannot wait, all at once, every so often, after others have spent so many calls: refused, they come back when told. */
  readonly obeying: { readonly callers: number; readonly every: number; readonly spend: number } | undefined;
  /** One caller of the first process, one call after another. */
  readonly sequential: { readonly calls: number; readonly pauseMs: number } | undefined;
}
