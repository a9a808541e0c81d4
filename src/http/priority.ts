/**
 * How urgent a call is, by `Priority: u=N` (RFC 9218): 0 to 3 is interactive, 4 and 5 enrichment, 6 and 7 background. What can't be
 * read is ignored, as that standard asks, and so is `i`; who says nothing has its default of 3. The answer's `Priority` tells what was
 * applied.
 */
import type { PriorityClass } from '../quota/priorityClass.ts';
import { readDictionary } from './dictionary.ts';

export interface Priority {
  /** 0 to 7; 0 is the most urgent. */
  readonly urgency: number;
  readonly class: PriorityClass;
}

const defaultUrgency = 3;
/** The most urgent that each class has. */
const firstUrgency: Readonly<Record<PriorityClass, number>> = { interactive: 0, enrichment: 4, background: 6 };

/** @param cap the highest class that this caller may have */
export const readPriority = (header: string | null, cap: PriorityClass = 'interactive'): Priority => {
  const urgency = Math.max(askedUrgency(header) ?? defaultUrgency, firstUrgency[cap]);
  return { urgency, class: classOf(urgency) };
};

/** What was applied, for the answer. */
export const priorityHeader = ({ urgency }: Priority): Readonly<Record<string, string>> => ({
  priority: `u=${urgency}`,
});

const askedUrgency = (header: string | null): number | undefined => {
  const written = readDictionary(header ?? '')?.get('u');
  if (written === undefined || !/^\d{1,15}$/.test(written)) return undefined;
  return Number(written) <= 7 ? Number(written) : undefined;
};

const classOf = (urgency: number): PriorityClass => {
  if (urgency >= firstUrgency.background) return 'background';
  return urgency >= firstUrgency.enrichment ? 'enrichment' : 'interactive';
};
