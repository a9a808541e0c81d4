import type { Answered } from '../defender/answer.ts';
import type { Question } from '../defender/question.ts';
import { countRows } from '../odata/collection.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Lookup } from './lookup.ts';

/** Seconds for this answer to this question; a machine found by what identifies it counts as one asked for by its id. */
export const lifetimeOf = (
  { question, lookup }: { readonly question: Question; readonly lookup: Lookup | undefined },
  answered: Answered,
  lifetimes: Lifetimes,
): number => {
  if (isAbsent(answered)) return lifetimes.absent ?? 0;
  const name = lookup ? 'machine' : question.call.name;
  return lifetimes[name] ?? 0;
};

/** An empty list is shorter than this, whatever is around it. */
const mostEmptyBytes = 2048;

const isAbsent = ({ status, body }: Answered): boolean =>
  status === 404 || (body.byteLength <= mostEmptyBytes && countRows(body) === 0);
