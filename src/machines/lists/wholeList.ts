import { withOptions } from '../../defender/question.ts';
import type { QueryOptions } from '../../odata/queryOptions.ts';
import { chosenRows } from './chosenRows.ts';
import type { ListPlan } from './listPlan.ts';
import { readPage, unreadable } from './page.ts';
import { type AskedList, changed, type Listed, told, type Walk, wrong } from './walk.ts';

/**
 * The list ordered or counted, which takes all machines that match: those of one answer of Defender's, or none at all. What Defender makes of
 * `$orderby` and `$count` is documented nowhere.
 */
export const wholeList = async (
  walk: Walk,
  asked: AskedList,
  { select, order, isCounted, filter }: ListPlan & { readonly kind: 'whole' },
): Promise<Listed> => {
  const { skip, top } = asked.question.options;
  const sent = filter.sent ? { filter: filter.sent } : {};
  const answer = await walk.ask(withOptions(asked.question, sent), asked.wish);
  const read = readPage(answer);
  if (read.kind === 'unreadable') return told(unreadable(answer));
  if (read.kind !== 'page') return told(answer);
  const { page } = read;
  const all = page.sliced.starts.length;
  if (page.rows >= walk.pageSize || page.hasLink) return wrong(tooMany(all, asked.question.options));
  try {
    const { rows, matching } = chosenRows(page, { filter: filter.here, order, skip, top }, walk.clock);
    return changed(page, { rows, select, count: isCounted ? matching : undefined });
  } catch (fault) {
    return told(unreadable(answer, fault));
  }
};

const tooMany = (rows: number, { orderBy, count, filter }: QueryOptions): string => {
  if (orderBy === undefined && !count) return tooManyForFilter(rows);
  const [option, done] = orderBy === undefined ? ['$count', 'counted'] : ['$orderby', 'ordered'];
  const narrow = filter ? 'Narrow $filter' : 'Give a $filter';
  return `${option}: ${rows} machines match, or more, and only what Defender gives in one answer can be ${done}. ${narrow}, or leave ${option} out`;
};

const tooManyForFilter = (rows: number): string =>
  `$filter: a part of it is worked out here for callers bound to device groups, and that takes all machines in one answer of Defender's; there are ${rows}, or more. ` +
  'Join to it, with and, a property compared with a value';
