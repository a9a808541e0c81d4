/**
 * Whose turn it is to book, among processes that have calls of one class waiting.
 *
 * A turn is a quantum of slots. Whoever took one goes to the end of the line. Everybody can tell from its place, and from the pace
 * at which the class has gone of late, when its turn will come, and asks the ledger no sooner. A turn that is left unused (its process
 * crashed, or wants nothing any more) is another's as soon as a slot would go to waste.
 */
import type { LedgerRow, Turn } from './ledgerRow.ts';
import type { ClassRules } from './policy.ts';
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
  isInLine(turns, owner, by) || turns.length >= mostInLine ? turns : [...turns, { owner, by }];

export const leave = (turns: readonly Turn[], owner: string, by: PriorityClass): readonly Turn[] =>
  isInLine(turns, owner, by) ? turns.filter((turn) => turn.owner !== owner || turn.by !== by) : turns;

/** Without the first of the line, unless that is this process. */
export const evictFirst = (turns: readonly Turn[], owner: string, by: PriorityClass): readonly Turn[] => {
  const first = turns.find((turn) => turn.by === by);
  return first && first.owner !== owner ? turns.filter((turn) => turn !== first) : turns;
};

/** Of so many of its last calls the pace of a class is taken. */
const paceOf = 30;

/** The distance between the class's calls of late, whoever made them; between one and twenty times that of the limit itself. */
export const recentDistanceMs = (
  { log, held }: Pick<LedgerRow, 'log' | 'held'>,
  by: PriorityClass,
  { claimMs, distanceMs }: ClassRules,
): number => {
  const last = [...log.filter((entry) => entry.by === by), ...held.filter((slot) => slot.by === by)].slice(-paceOf);
  const span = (last.at(-1)?.at ?? 0) - (last[0]?.at ?? 0);
  if (last.length < 2) return distanceMs;
  return Math.min(20 * claimMs, Math.max(claimMs, Math.ceil(span / (last.length - 1))));
};
