/** What a run came to. */
import type { Limit } from '../../../src/quota/limits.ts';
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { jain, percentile } from '../../quota/measure/statistics.ts';
import type { World } from '../world/world.ts';

export interface Result {
  readonly seed: number;
  readonly simulatedHours: number;
  readonly realSeconds: number;
  readonly digest: string;
  /** Calls of ours that arrived. */
  readonly calls: number;
  /** Arrivals that made some rolling window hold more than its limit, and when the first few of them were: ms. */
  readonly violations: number;
  readonly violationsAt: readonly number[];
  /** Calls per possible, over the full longest windows after the first; undefined where there is none. */
  readonly utilisation: number | undefined;
  /** The most that arrived within one window of each limit. */
  readonly fullest: readonly { readonly limit: Limit; readonly calls: number }[];
  readonly transactions: Transactions;
  readonly txPerCall: number | undefined;
  readonly classes: Readonly<Record<PriorityClass, ClassResult>>;
  /** Over the processes' background calls. */
  readonly jain: number | undefined;
  readonly crashes: number;
  readonly freezes: number;
  /** Slots written down, neither given back nor sent; those still to come included. */
  readonly slotsLost: number;
  /** As the gates say. */
  readonly ambiguous: number;
  readonly settled: number;
  readonly upstreamRefused: number;
  readonly upstreamRefusedShare: number;
  readonly foreign: number;
  /** Of the callers who were refused and came back when told, who was served then. */
  readonly returned: number;
  readonly served: number;
  readonly recoveriesMs: readonly number[];
  readonly sentBeyondHeld: number;
  /** Timers that fired: the cost of a run. */
  readonly timers: number;
}

export interface Transactions {
  readonly reads: number;
  readonly writes: number;
  readonly stamps: number;
  readonly conflicts: number;
}

export interface ClassResult {
  readonly asked: number;
  readonly sent: number;
  readonly refused: number;
  readonly closed: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

export const resultOf = (world: World, realMs: number): Result => {
  const { options, time, tally, store, upstream, processes, digest } = world;
  const { judge } = upstream;
  const calls = judge.arrivals.length;
  const { reads, writes, stamps } = tally.store;
  return {
    seed: options.seed,
    simulatedHours: time.now / 3_600_000,
    realSeconds: realMs / 1000,
    digest: digest.text,
    calls,
    violations: judge.violations,
    violationsAt: judge.examples,
    utilisation: utilisationOf(world),
    fullest: options.limits.map((limit, i) => ({ limit, calls: judge.fullest[i] ?? 0 })),
    transactions: { ...tally.store },
    txPerCall: calls === 0 ? undefined : (reads + writes + stamps) / calls,
    classes: {
      interactive: classResult(world, 'interactive'),
      enrichment: classResult(world, 'enrichment'),
      background: classResult(world, 'background'),
    },
    jain: jain(tally.bySeat),
    crashes: tally.crashes,
    freezes: tally.freezes,
    slotsLost: store.booked - store.released - tally.sent,
    ambiguous: sum(processes.map(({ gate }) => gate.transactions.ambiguous)),
    settled: sum(processes.map(({ gate }) => gate.transactions.settled)),
    upstreamRefused: upstream.refused,
    upstreamRefusedShare: calls === 0 ? 0 : upstream.refused / calls,
    foreign: upstream.foreign,
    returned: tally.returned,
    served: tally.served,
    recoveriesMs: tally.recoveriesMs,
    sentBeyondHeld: tally.sentBeyondHeld,
    timers: time.fired,
  };
};

const classResult = ({ tally }: World, by: PriorityClass): ClassResult => {
  const { asked, waitsMs, refused, closed } = tally.classes[by];
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => percentile(waitsMs, share));
  return { asked, sent: waitsMs.length, refused, closed, p50Ms, p95Ms, p99Ms };
};

/** The limit with the longest window is the one that binds for good. */
const utilisationOf = ({ options, time, warmAtMs, upstream }: World): number | undefined => {
  const longest = options.limits.at(-1);
  if (!longest) return undefined;
  const windows = Math.floor((time.now - warmAtMs) / (longest.seconds * 1000));
  const end = warmAtMs + windows * longest.seconds * 1000;
  const counted = upstream.judge.arrivals.filter((at) => at >= warmAtMs && at < end).length;
  return windows < 1 ? undefined : counted / (windows * longest.calls);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
