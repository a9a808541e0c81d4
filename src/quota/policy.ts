/**
 * How the classes share one quota: what each leaves to those above it, how evenly it goes, what it gets in any case.
 *
 * Everything is a fraction of the quota's own limits, so that 30/60,1000/3600 and a test's 20/6 are shared as 100/60,1500/3600
 * is. The ledger keeps it, so that all instances plan with the same.
 */
import type { Limit } from './limits.ts';
import type { Window } from './windows.ts';

/** What binds a class below interactive. Interactive is bound by the limits alone. */
export interface ClassPolicy {
  /**
   * Of the longest limit's calls, what it leaves free in every window, its own calls counted or not. Between `least` and
   * `most` it follows the largest burst of interactive calls that the ledger remembers.
   */
  readonly headroom: { readonly least: number; readonly most: number };
  /** The same of each shorter limit. */
  readonly shortHeadroom: number;
  /** It goes on average no faster than this times the longest limit's own pace, everybody's calls counted … */
  readonly rate: number;
  /** … but may catch up with this part of the longest limit's calls at once. */
  readonly burst: number;
  /** Of the longest limit's calls, what it gets however busy the others are. */
  readonly minimum: number;
  /** Of the longest limit's calls, how many a process books in its turn. */
  readonly quantum: number;
  /** It books as far ahead as its quantum takes at the limit's own pace, and this many calls more. */
  readonly lead: number;
}

export interface Policy {
  readonly enrichment: ClassPolicy;
  readonly background: ClassPolicy;
}

/** Of 1,500 an hour: 8 and 10 to 18 left free, bursts of 60 and 12, 300 and 150 guaranteed, 8 and 6 booked at a time. */
export const usualPolicy: Policy = {
  enrichment: {
    headroom: { least: 8 / 1500, most: 8 / 1500 },
    shortHeadroom: 0.1,
    rate: 1,
    burst: 60 / 1500,
    minimum: 0.2,
    quantum: 8 / 1500,
    lead: 4,
  },
  background: {
    headroom: { least: 10 / 1500, most: 18 / 1500 },
    shortHeadroom: 0.4,
    rate: 1.03,
    burst: 12 / 1500,
    minimum: 0.1,
    quantum: 6 / 1500,
    lead: 2.75,
  },
};

/** A class's policy in the calls and milliseconds of one quota. */
export interface ClassRules {
  /** For each limit, shortest first, how many of its calls stay free. */
  readonly headroom: readonly number[];
  /** Pacing: the distance between calls, and how many may go at once. */
  readonly distanceMs: number;
  readonly burst: number;
  /** While its own calls keep these windows, the next one needs no headroom: its minimum, spread evenly. */
  readonly minimum: readonly Window[];
  readonly quantum: number;
  readonly horizonMs: number;
  /** A turn that its owner leaves unused this long before the slot is another's. */
  readonly claimMs: number;
}

/**
 * @param limits   shortest first
 * @param seenBurst the most interactive calls within the shortest window that are remembered
 */
export const rulesFor = (policy: ClassPolicy, limits: readonly Limit[], seenBurst: number): ClassRules => {
  const { calls, seconds } = longestOf(limits);
  const meanMs = (seconds * 1000) / calls;
  const quantum = Math.max(1, Math.round(policy.quantum * calls));
  const followed = Math.min(Math.max(seenBurst, policy.headroom.least * calls), policy.headroom.most * calls);
  return {
    headroom: limits.map((limit, i) =>
      leaving(limit, i === limits.length - 1 ? followed : policy.shortHeadroom * limit.calls),
    ),
    distanceMs: Math.ceil(meanMs / policy.rate),
    burst: Math.max(1, Math.round(policy.burst * calls)),
    minimum: [
      { calls: 1, milliseconds: Math.ceil(meanMs / policy.minimum) },
      { calls: Math.max(1, Math.floor(policy.minimum * calls)), milliseconds: seconds * 1000 },
    ],
    quantum,
    horizonMs: Math.ceil((quantum + policy.lead) * meanMs),
    claimMs: Math.ceil(meanMs),
  };
};

export const longestOf = (limits: readonly Limit[]): Limit => {
  const longest = limits.at(-1);
  if (!longest) throw new Error('a quota without limits');
  return longest;
};

/** At least one call stays for the class itself. */
const leaving = ({ calls }: Limit, headroom: number): number => Math.min(calls - 1, Math.ceil(headroom));
