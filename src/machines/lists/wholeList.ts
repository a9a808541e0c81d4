import { withOptions } from '../../defender/question.ts';
import { applyOrderBy, type OrderKey } from '../../odata/orderBy.ts';
import type { QueryOptions } from '../../odata/queryOptions.ts';
import type { ListPlan } from './listPlan.ts';
import { type Page, readPage, unreadable } from './page.ts';
import { entityAt, everyRow } from './pageBody.ts';
import { type AskedList, changed, type Listed, told, type Walk, wrong } from './walk.ts';

/**
 * The list ordered or counted, which takes all machines that match: those of one answer of Defender's, or none at all. What Defender makes of
 * `$orderby` and `$count` is documented nowhere.
 */
export const wholeList = async (
  walk: Walk,
  asked: AskedList,
  { select, order, isCounted }: ListPlan & { readonly kind: 'whole' },
): Promise<Listed> => {
  const { filter, skip = 0, top = Number.POSITIVE_INFINITY } = asked.question.options;
  const answer = await walk.ask(withOptions(asked.question, filter ? { filter } : {}), asked.wish);
  const read = readPage(answer);
  if (read.kind === 'unreadable') return told(unreadable(answer));
  if (read.kind !== 'page') return told(answer);
  const { page } = read;
  const all = page.sliced.starts.length;
  if (page.rows >= walk.pageSize || page.hasLink) return wrong(tooMany(all, asked.question.options));
  try {
    const rows = ordered(page, order).slice(skip, skip + top);
    return changed(page, { rows, select, count: isCounted ? all : undefined });
  } catch (fault) {
    return told(unreadable(answer, fault));
  }
};

const tooMany = (rows: number, { orderBy, filter }: QueryOptions): string => {
  const [option, done] = orderBy === undefined ? ['$count', 'counted'] : ['$orderby', 'ordered'];
  const narrow = filter ? 'Narrow $filter' : 'Give a $filter';
  return `${option}: ${rows} machines match, or more, and only what Defender gives in one answer can be ${done}. ${narrow}, or leave ${option} out`;
};

/** The rows in their order, by their number. @throws where one is no JSON */
const ordered = ({ answered, sliced }: Page, order: readonly OrderKey[]): readonly number[] => {
  const rows = everyRow(sliced);
  if (order.length === 0) return rows;
  const entities = rows.map((row) => entityAt(answered.body, sliced, row));
  const numbers = new Map(entities.map((entity, row) => [entity, row]));
  return applyOrderBy(order, entities).map((entity) => numbers.get(entity) ?? 0);
};
