/**
 * A later page of a walk. It is asked for from some rows before where the last one ended, and what is known from there shows where to go on.
 * Where nothing of it is known again, it is looked for half a page further back, once.
 */
import { machineType } from '../../defender/machineType.ts';
import { withOptions } from '../../defender/question.ts';
import type { Expression } from '../../odata/expression.ts';
import { parseFilter } from '../../odata/filter.ts';
import { readSelect, type Select } from './listPlan.ts';
import { lastMarks, markOf } from './marks.ts';
import { type IsSure, isLikely, newRows } from './overlap.ts';
import { emptyPage, type Page, readPage, unreadable } from './page.ts';
import { everyRow } from './pageBody.ts';
import { type Position, readToken } from './pageToken.ts';
import { mayBeMore } from './passedOn.ts';
import { type AskedList, changed, keyOf, type Listed, linked, told, type Walk, wrong } from './walk.ts';

export const nextPage = async (walk: Walk, asked: AskedList, token: string): Promise<Listed> => {
  const key = await keyOf(walk);
  if (key.kind !== 'key') return key;
  const place = placeIn(token, key.key);
  if (place === undefined) return wrong(notOurs);
  const answerBy = walk.clock.monotonic() + asked.wish.waitMs;
  const look = (rowsBack: number) => lookFrom(walk, asked, place, rowsBack, answerBy);

  const { size, marks } = place.position;
  const near = await look(marks.length);
  if (near.kind !== 'window') return near;
  const rows = rowsToGive(near.page, marks, isLikely(marks));
  if (rows) return give(walk, asked, place, near, rows);

  const far = await look(Math.floor(size / 2));
  if (far.kind !== 'window') return far;
  const found = rowsToGive(far.page, marks, () => true);
  if (found) return give(walk, asked, place, far, found);
  return give(walk, asked, place, near, everyRow(near.page.sliced), uncertain);
};

const notOurs =
  '$skiptoken: this is no link of the gateway, or it was cut, changed or grew too old. Start again, with the request that the walk began with';

const uncertain =
  'Too many machines came or went since the last page: some may be missing here, or come twice. To be sure, start again.';

/** A token that was read, with what its texts say. */
interface Place {
  readonly position: Position;
  readonly filter: Expression | undefined;
  readonly select: Select;
}

const placeIn = (token: string, key: Uint8Array): Place | undefined => {
  const position = readToken(token, key);
  const filter = position?.filter === undefined ? undefined : parseFilter(position.filter, machineType);
  const select = readSelect(position?.select);
  if (position === undefined || filter?.kind === 'wrong' || select.kind === 'wrong') return undefined;
  return { position, filter: filter?.expression, select: select.paths };
};

/** A page, and the place of its first row in Defender's list. */
interface Window {
  readonly kind: 'window';
  readonly page: Page;
  readonly start: number;
}

const lookFrom = async (
  walk: Walk,
  { question, wish }: AskedList,
  { position, filter }: Place,
  rowsBack: number,
  answerBy: number,
): Promise<Window | Listed> => {
  const start = Math.max(0, position.offset - rowsBack);
  const options = { ...(filter && { filter }), top: position.size, skip: start };
  const waitMs = Math.max(0, answerBy - walk.clock.monotonic());
  const answer = await walk.ask(withOptions(question, options), { ...wish, waitMs });
  const read = readPage(answer);
  if (read.kind === 'page') return { kind: 'window', page: read.page, start };
  if (read.kind !== 'none') return told(read.kind === 'unreadable' ? unreadable(answer) : answer);
  const empty = readPage(emptyPage(answer, read.answered));
  return empty.kind === 'page' ? { kind: 'window', page: empty.page, start } : told(answer);
};

const rowsToGive = ({ answered, sliced, rows }: Page, known: readonly number[], isSure: IsSure) =>
  newRows({ rows, markOf: (row) => markOf(answered.body, sliced, row) }, known, isSure);

/** The rows, and a link behind a full page: one that leads further, because no page begins more than half a page before the last one's end. */
const give = (
  walk: Walk,
  asked: AskedList,
  { position, select }: Place,
  { page, start }: Window,
  rows: readonly number[],
  warning?: string,
): Promise<Listed> | Listed => {
  const offset = start + page.rows;
  const isFull = page.rows >= position.size;
  const changes = { rows, select };
  if (!isFull) return changed(page, changes, warning ?? (page.hasLink ? mayBeMore : undefined));
  if (rows.length === 0) return changed(page, changes, repeated);
  if (position.pages >= walk.mostPages) return changed(page, changes, endless(position.pages));
  const marks = lastMarks(page.answered.body, page.sliced, position.marks.length);
  return linked(walk, asked, page, changes, { ...position, offset, pages: position.pages + 1, marks }, warning);
};

const repeated = 'Defender gave the machines of the last page again, so the list ends here. There may be more.';

const endless = (pages: number): string =>
  `This is page ${pages + 1}, and a walk ends here. There may be more machines; narrow $filter to get at them.`;
