/**
 * Whose turn it is to book, among processes that have calls of one class waiting.
 *
 * A turn is a quantum of slots. Whoever took one goes to the end of the line. Everybody can tell from its place, and from what
 * the class usually gets, when its turn will come, and asks the ledger no sooner. A turn that is left unused (its process
 * crashed, or wants nothing any more) is another's as soon as a slot would go to waste.
 */
import type { LedgerRow, Turn } from './ledgerRow.ts';
import type { Lower } from './placing.ts';
import { type ClassRules, longestOf } from './policy.ts';
import type { PriorityClass } from './priorityClass.ts';

/** How many others stand before this process; all, where it does not stand in line. */
export const aheadOf = (turns: readonly Turn[], owner: string, by: PriorityClass): number => {
  const line = turns.filter((turn) => turn.by === by);
  const place = line.findIndex((turn) => turn.owner === owner);
  return place < 0 ? line.length : place;
};

export const isInLine = (turns: readonly Turn[], owner: string, by: PriorityClass): boolean =>
  turns.some((turn) => turn.owner === owner && turn.by === by);

const mostInLine = 64;

export const join = (turns: readonly Turn[], owner: string, by: PriorityClass): readonly Turn[] =>
  isInLine(turns, owner, by) || turns.filter((turn) => turn.by === by).length >= mostInLine
    ? turns
    : [...turns, { owner, by }];

export const leave = (turns: readonly Turn[], owner: string, by: PriorityClass): readonly Turn[] =>
  isInLine(turns, owner, by) ? turns.filter((turn) => turn.owner !== owner || turn.by !== by) : turns;

/** Without the first `missed` of the line, up to this process. */
export const evict = (turns: readonly Turn[], owner: string, by: PriorityClass, missed: number): readonly Turn[] => {
  const ahead = turns.filter((turn) => turn.by === by).slice(0, Math.min(missed, aheadOf(turns, owner, by)));
  return ahead.length > 0 ? turns.filter((turn) => !ahead.includes(turn)) : turns;
};

/**
 * The distance between the class's calls while it takes all that the others leave: from what they took over the longest window. Too
 * short an estimate costs a look at the ledger, too long a one would leave slots unused.
 */
export const usualDistanceMs = (
  { log, limits }: Pick<LedgerRow, 'log' | 'limits'>,
  by: Lower,
  rules: ClassRules,
): number => {
  const { calls, seconds } = longestOf(limits);
  const others = log.filter((entry) => entry.by !== by).length;
  const left = calls - (rules.headroom.at(-1) ?? 0) - others;
  return Math.min(rules.minimum[0]?.milliseconds ?? 0, Math.ceil((seconds * 1000) / Math.max(1, left)));
};
