import { withOptions } from '../../defender/question.ts';
import { printFilter } from '../../odata/print.ts';
import type { Select } from './listPlan.ts';
import { lastMarks } from './marks.ts';
import { type Page, readPage, unreadable } from './page.ts';
import type { Position } from './pageToken.ts';
import { type AskedList, changed, type Listed, linked, told, type Walk } from './walk.ts';

/**
 * The list from its start, or from `$skip`. Defender is asked what the caller asked, so that the same question has one answer, kept or under
 * way, whoever asks it. Where the page is full and the caller did not say how many it wants, there is a link to the next one.
 */
export const firstPage = async (walk: Walk, asked: AskedList, select: Select): Promise<Listed> => {
  const { select: _, count: __, ...options } = asked.question.options;
  const answer = await walk.ask(withOptions(asked.question, options), asked.wish);
  const read = readPage(answer);
  if (read.kind === 'unreadable' && select) return told(unreadable(answer));
  if (read.kind !== 'page') return told(answer);
  const { page } = read;
  const isFull = page.rows >= walk.pageSize || (page.hasLink && page.rows > 0);
  if (!isFull || options.top !== undefined) return changed(page, { select });
  return linked(walk, asked, page, { select }, behind(walk, asked, page));
};

const behind = ({ pageSize, overlap }: Walk, { question }: AskedList, { answered, sliced, rows }: Page): Position => {
  const { filter, select, skip = 0 } = question.options;
  const size = Math.min(rows, pageSize);
  return {
    ...(filter && { filter: printFilter(filter) }),
    ...(select !== undefined && { select }),
    offset: skip + rows,
    size,
    pages: 1,
    marks: lastMarks(answered.body, sliced, Math.min(overlap, Math.floor(size / 3))),
  };
};
