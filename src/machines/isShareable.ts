import type { Question } from '../defender/question.ts';
import { lookupOf } from './lookup.ts';

/** Machines of about 1.3 KB each, in the 512 KiB that are shared of an answer. */
const mostRows = 400;

/**
 * Whether the answer is expected to be small enough to be shared by all processes (`mostSharedBytes`): then others wait for it rather than
 * ask themselves. A list that says neither what machine it wants nor how many may be a whole fleet.
 */
export const isShareable = (question: Question): boolean =>
  question.call.name !== 'listMachines' ||
  (question.options.top ?? Number.POSITIVE_INFINITY) <= mostRows ||
  isNarrow(question);

/** One value of what identifies a machine, or several names of hosts. */
const isNarrow = (question: Question): boolean =>
  lookupOf(question) !== undefined || JSON.stringify(question.options.filter ?? '').includes('"startswith"');
