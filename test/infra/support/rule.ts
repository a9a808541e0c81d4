/** A rule of ours for the deployment, with what proves that it can be broken. */
import type { Rule } from './bicep/infra.ts';

export interface OurRule {
  /** Ends the sentence "the deployment …". */
  readonly says: string;
  readonly rule: Rule;
  /** The same for the small sound deployment in `sound/`, where names of ours are part of the rule. */
  readonly soundRule?: Rule;
  /** Each breaks the sound deployment by one change, which the rule has to tell. */
  readonly breaks: readonly Break[];
}

/** What is replaced in the texts of `sound/`, by what, and what the rule says of it. */
export type Break = readonly [find: string, by: string, told: string];
