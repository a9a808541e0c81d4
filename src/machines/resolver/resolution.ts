/** What a caller of the resolver is told. */
import type { Machine } from '../finder.ts';
import type { ResolveQuestion } from './question.ts';

export interface Resolution extends Verdict {
  /** What was asked for, as it was understood. */
  readonly askedFor: Readonly<Partial<Record<ResolveQuestion['kind'], string>>>;
  readonly source: 'defender' | 'cache';
  /** Of what Defender said. */
  readonly ageSeconds: number;
}

export interface Verdict {
  /** `exact`: one machine, and it is sure. `ambiguous`: some record, and which machine is meant can't be told. `none`: no record. */
  readonly match: 'exact' | 'ambiguous' | 'none';
  /** One sentence or two: what was found, and where it is not exact, what would settle it. */
  readonly message: string;
  /** The whole row, where the match is exact. */
  readonly machine: Machine | null;
  /** The other records; those that nothing sets behind come first, then the one seen last. */
  readonly candidates: readonly Candidate[];
  /** How many more candidates there are. */
  readonly candidatesLeftOut: number;
}

export interface Candidate {
  readonly machine: Machine;
  /** Null: nothing sets it behind another. */
  readonly behind: Behind | null;
  /** A sentence, with the values that say so. */
  readonly reason: string;
}

/** What sets a record behind another, in the order in which it is tried. */
export type Behind =
  | 'mergedIntoAnother'
  | 'excluded'
  | 'notOnboarded'
  | 'inactive'
  | 'potentialDuplicate'
  | 'seenEarlier'
  /** Its name has no domain, and another record has the full name that was asked for. */
  | 'nameWithoutDomain';
