import { overlapOf } from '../../defender/paging/goOn.ts';
import { lastMarks } from '../../defender/paging/marks.ts';
import { withOptions } from '../../defender/question.ts';
import { printFilter } from '../../odata/print.ts';
import { inOrder } from '../groups/groupFilter.ts';
import { lookupOf } from '../lookup.ts';
import type { Select } from './listPlan.ts';
import { type Page, readPage, unreadable } from './page.ts';
import type { Position } from './pageToken.ts';
import { type AskedList, changed, keyOf, type Listed, linked, told, type Walk } from './walk.ts';

/**
 * The list from its start, or from `$skip`. Defender is asked what the caller asked, so that the same question has one answer, kept or under
 * way, whoever asks it. Where the page is full and the caller did not say how many it wants, there is a link to the next one. A link of
 * Defender's says so, too; where it was wrong, the walk ends with an empty page.
 *
 * Where that may be, the key of links is had before Defender is asked: a page that could not be told for want of it would be paid for, again
 * with each retry. Lookups of single machines fill no page, so those that are kept are told without storage.
 */
export const firstPage = async (walk: Walk, asked: AskedList, select: Select): Promise<Listed> => {
  const { select: _, count: __, ...options } = asked.question.options;
  const question = withOptions(asked.question, options);
  const key = options.top === undefined && !lookupOf(question) ? await keyOf(walk) : undefined;
  if (key?.kind === 'told') return key;
  const answer = await walk.ask(question, asked.wish);
  const read = readPage(answer);
  if (read.kind === 'unreadable' && select) return told(unreadable(answer));
  if (read.kind !== 'page') return told(answer);
  const { page } = read;
  const isFull = page.rows >= walk.pageSize || (page.hasLink && page.rows > 0);
  if (!isFull || options.top !== undefined) return changed(page, { select });
  return linked(walk, asked, page, { select }, behind(walk, asked, page));
};

const behind = (
  { pageSize, overlap }: Walk,
  { question, wish }: AskedList,
  { answered, sliced, rows }: Page,
): Position => {
  const { filter, select, skip = 0 } = question.options;
  const size = Math.min(rows, pageSize);
  return {
    ...(filter && { filter: printFilter(filter) }),
    ...(select !== undefined && { select }),
    ...(wish.groups && { groups: [...inOrder(wish.groups)] }),
    offset: skip + rows,
    size,
    pages: 1,
    marks: lastMarks(answered.body, sliced, overlapOf(size, overlap)),
  };
};
