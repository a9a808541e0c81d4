/** Which rule decides over a call. Rules have a memory: how many calls they fitted, how often they decided. */
import { below, random, streams } from '../fleet/random.ts';
import type { FaultAction, FaultRule } from './faultRules.ts';

export interface FaultPlan {
  /** Replaces all rules; their counts begin again. */
  replace(rules: readonly FaultRule[]): void;
  /** What to do to this call, if anything. Must be asked once for each call, in the order of arrival. */
  of(call: FaultCandidate): FaultAction | undefined;
  shown(): readonly CountedRule[];
}

export interface FaultCandidate {
  readonly route: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
}

interface CountedRule extends FaultRule {
  /** Calls that fitted, and how many of them it decided. */
  readonly seen: number;
  readonly fired: number;
}

/** No rules at first. @param seed of the probabilities */
export const faultPlan = (seed: number): FaultPlan => {
  let rules: CountedRule[] = [];
  const numbers = random(seed, streams.faults, 0);
  const drawn = (probability: number) => below(numbers, 1_000_000) < probability * 1_000_000;
  return {
    replace(fresh) {
      rules = fresh.map((rule) => ({ ...rule, seen: 0, fired: 0 }));
    },
    of(call) {
      rules = rules.map((rule) => (fits(rule, call) ? { ...rule, seen: rule.seen + 1 } : rule));
      const deciding = rules.find((rule) => fits(rule, call) && isItsTurn(rule, drawn));
      rules = rules.map((rule) => (rule === deciding ? { ...rule, fired: rule.fired + 1 } : rule));
      return deciding?.do;
    },
    shown: () => rules,
  };
};

const fits = ({ match: { path, route, method } }: FaultRule, call: FaultCandidate): boolean =>
  (path === undefined || new RegExp(path).test(call.target)) &&
  (route === undefined || route === call.route) &&
  (method === undefined || method.toUpperCase() === call.method);

const isItsTurn = ({ match, seen, fired }: CountedRule, drawn: (probability: number) => boolean): boolean =>
  (match.nth === undefined || seen === match.nth) &&
  (match.every === undefined || seen % match.every === 0) &&
  (match.times === undefined || fired < match.times) &&
  (match.probability === undefined || drawn(match.probability));
