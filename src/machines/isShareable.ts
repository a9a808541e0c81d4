import type { Question } from '../defender/question.ts';
import type { Expression } from '../odata/expression.ts';
import { lookupOf } from './lookup.ts';

/** Machines of about 1.3 KB each, in the 512 KiB that are shared of an answer. */
const mostRows = 400;

/**
 * Whether the answer is expected to be small enough to be shared by all processes (`mostSharedBytes`): then others wait for it rather than
 * ask themselves. A list that says neither what machine it wants nor how many may be a whole fleet.
 */
export const isShareable = (question: Question): boolean =>
  !fleetLists.includes(question.call.name) ||
  (question.options.top ?? Number.POSITIVE_INFINITY) <= mostRows ||
  isNarrow(question);

/** Lists that hold the whole fleet where nothing narrows them. */
const fleetLists = ['listMachines', 'deviceAntivirus'];

/** One value of what identifies a machine, or several names of hosts. */
const isNarrow = (question: Question): boolean => {
  const { filter } = question.options;
  return lookupOf(question) !== undefined || (filter !== undefined && namesHosts(filter));
};

const namesHosts = (filter: Expression): boolean =>
  filter.kind === 'or' ? filter.operands.every(namesHosts) : isHostName(filter);

/** `computerDnsName eq 'srv02'`, or that it begins with `srv02.` */
const isHostName = (filter: Expression): boolean => {
  if (filter.kind === 'comparison') return filter.operator === 'eq' && isName(filter.left);
  if (filter.kind !== 'call' || filter.name !== 'startswith') return false;
  const [path, start] = filter.parameters;
  return isName(path) && start?.kind === 'literal' && /^[^.]+\.$/.test(String(start.value));
};

const isName = (path: Expression | undefined): boolean =>
  path?.kind === 'path' && path.steps.join('/') === 'computerDnsName';
