/** What a run came to. */
import type { Limit } from '../../../src/quota/limits.ts';
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { jain, percentile } from '../../quota/measure/statistics.ts';
import type { StoreCount } from '../world/network.ts';
import type { World } from '../world/world.ts';

export interface Result {
  readonly seed: number;
  readonly simulatedHours: number;
  readonly realSeconds: number;
  /** The same for two runs that were the same. */
  readonly digest: string;
  /** Calls of ours that arrived. */
  readonly calls: number;
  /** Arrivals that made some rolling window hold more than its limit, and when the first few of them were: ms. */
  readonly violations: number;
  readonly violationsAt: readonly number[];
  /** Whether the ledger was lost or set back meanwhile. */
  readonly ledgerBroken: boolean;
  /** The two laws of the ledger: versions with too many calls in a widened window, and calls sent without a slot. */
  readonly crowded: number;
  readonly unslotted: number;
  /** Calls taken per possible, over the full longest windows after the first; undefined where there is none. */
  readonly utilisation: number | undefined;
  /** The same with what others used of the quota. */
  readonly totalUse: number | undefined;
  /** The most that arrived within one window of each limit. */
  readonly fullest: readonly { readonly limit: Limit; readonly calls: number }[];
  readonly transactions: Readonly<StoreCount>;
  readonly txPerCall: number | undefined;
  readonly classes: Readonly<Record<PriorityClass, ClassResult>>;
  /** Over the processes' background calls. */
  readonly jain: number | undefined;
  readonly crashes: number;
  readonly freezes: number;
  /** Slots written down, neither given back nor sent; those still to come included. */
  readonly slotsLost: number;
  /** Writes whose answer was lost, and those of them whose outcome was found, as the gates say. */
  readonly ambiguous: number;
  readonly settled: number;
  readonly upstreamRefused: number;
  readonly upstreamRefusedShare: number;
  /** Calls of others that were taken. */
  readonly foreign: number;
  /** Of the callers who were refused and came back when told, who was served then. */
  readonly returned: number;
  readonly served: number;
  readonly recoveriesMs: readonly number[];
  readonly sentBeyondHeld: number;
  /** Timers that fired: the cost of a run. */
  readonly timers: number;
}

export interface ClassResult {
  readonly asked: number;
  readonly sent: number;
  readonly refused: number;
  readonly closed: number;
  /** How long calls that were sent had waited. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
  /** In the longest window that had the fewest, of the full ones after the first. */
  readonly leastInWindow: number | undefined;
}

export const resultOf = (world: World, realMs: number): Result => ({
  seed: world.options.seed,
  simulatedHours: world.time.now / 3_600_000,
  realSeconds: realMs / 1000,
  digest: world.digest.text,
  timers: world.time.fired,
  ...judged(world),
  ...used(world),
  ...asked(world),
  classes: {
    interactive: classResult(world, 'interactive'),
    enrichment: classResult(world, 'enrichment'),
    background: classResult(world, 'background'),
  },
  jain: jain(world.tally.bySeat),
  crashes: world.tally.crashes,
  freezes: world.tally.freezes,
  returned: world.tally.returned,
  served: world.tally.served,
  recoveriesMs: world.tally.recoveriesMs,
  sentBeyondHeld: world.tally.sentBeyondHeld,
});

const judged = ({ options, upstream: { judge }, store: { accounts }, tally }: World) => ({
  calls: judge.arrivals.length,
  violations: judge.violations,
  violationsAt: judge.examples,
  fullest: options.limits.map((limit, i) => ({ limit, calls: judge.fullest[i] ?? 0 })),
  ledgerBroken: accounts.isBroken,
  crowded: accounts.crowded,
  unslotted: tally.unslotted,
  slotsLost: accounts.booked - accounts.released - tally.sent,
});

const used = (world: World) => {
  const { judge, taken, foreign, refused } = world.upstream;
  const { limits } = world.options;
  return {
    utilisation: shareOf(steadyCounts(world, taken), limits),
    totalUse: shareOf(steadyCounts(world, [...taken, ...foreign]), limits),
    upstreamRefused: refused,
    upstreamRefusedShare: judge.arrivals.length === 0 ? 0 : refused / judge.arrivals.length,
    foreign: foreign.length,
  };
};

const asked = ({ tally, processes, upstream: { judge } }: World) => {
  const { reads, writes, stamps } = tally.store;
  const calls = judge.arrivals.length;
  return {
    transactions: { ...tally.store },
    txPerCall: calls === 0 ? undefined : (reads + writes + stamps) / calls,
    ambiguous: sum(processes.map(({ gate }) => gate.transactions.ambiguous)),
    settled: sum(processes.map(({ gate }) => gate.transactions.settled)),
  };
};

const classResult = (world: World, by: PriorityClass): ClassResult => {
  const { waitsMs, sentAt, ...counts } = world.tally.classes[by];
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => percentile(waitsMs, share));
  const inWindows = steadyCounts(world, sentAt);
  const leastInWindow = inWindows.length === 0 ? undefined : Math.min(...inWindows);
  return { ...counts, sent: waitsMs.length, p50Ms, p95Ms, p99Ms, leastInWindow };
};

/** How many of these instants lie in each full longest window after the first. */
const steadyCounts = ({ time, warmAtMs }: World, instants: readonly number[]): readonly number[] => {
  const counts = Array<number>(Math.max(0, Math.floor((time.now - warmAtMs) / warmAtMs))).fill(0);
  for (const at of instants) {
    const window = Math.floor(at / warmAtMs) - 1;
    if (counts[window] !== undefined) counts[window] += 1;
  }
  return counts;
};

/** The limit with the longest window is the one that binds for good. */
const shareOf = (counts: readonly number[], limits: readonly Limit[]): number | undefined =>
  counts.length === 0 ? undefined : sum(counts) / (counts.length * (limits.at(-1)?.calls ?? 1));

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
