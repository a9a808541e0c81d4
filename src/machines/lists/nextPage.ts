/** A later page of a walk, which overlaps the last one. */
import { machineType } from '../../defender/machineType.ts';
import { type GoneOn, goOn, type Look } from '../../defender/paging/goOn.ts';
import { lastMarks } from '../../defender/paging/marks.ts';
import { withOptions } from '../../defender/question.ts';
import type { Expression } from '../../odata/expression.ts';
import { parseFilter } from '../../odata/filter.ts';
import { inOrder } from '../groups/groupFilter.ts';
import type { Wish } from '../wish.ts';
import { readSelect, type Select } from './listPlan.ts';
import { emptyPage, type Page, readPage, unreadable } from './page.ts';
import { type Position, readToken } from './pageToken.ts';
import { mayBeMore } from './passedOn.ts';
import { type AskedList, changed, keyOf, type Listed, linked, told, type Walk, wrong } from './walk.ts';

export const nextPage = async (walk: Walk, asked: AskedList, token: string): Promise<Listed> => {
  const key = await keyOf(walk);
  if (key.kind !== 'key') return key;
  const place = placeIn(token, key.key);
  if (place === undefined || !isSameSight(place.position, asked.wish)) return wrong(notOurs);
  const answerBy = walk.clock.monotonic() + asked.wish.waitMs;
  const gone = await goOn(place.position, (start) => lookFrom(walk, asked, place, start, answerBy));
  return gone.kind === 'else' ? gone.instead : give(walk, asked, place, gone);
};

const notOurs =
  '$skiptoken: this is no link of the gateway, or it was cut, changed, grew too old, or is for other device groups. Start again, with the request that the walk began with';

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

/** The same list looks otherwise to who is bound to device groups, and ends elsewhere. */
const isSameSight = ({ groups }: Position, wish: Wish): boolean =>
  groups?.join() === (wish.groups && inOrder(wish.groups).join());

const lookFrom = async (
  walk: Walk,
  { question, wish }: AskedList,
  { position, filter }: Place,
  start: number,
  answerBy: number,
): Promise<Look<Page, Listed>> => {
  const options = { ...(filter && { filter }), top: position.size, skip: start };
  const waitMs = Math.max(0, answerBy - walk.clock.monotonic());
  const answer = await walk.ask(withOptions(question, options), { ...wish, waitMs });
  const read = readPage(answer);
  if (read.kind === 'page') return windowOn(read.page, start);
  if (read.kind !== 'none')
    return { kind: 'else', instead: told(read.kind === 'unreadable' ? unreadable(answer) : answer) };
  const empty = readPage(emptyPage(answer, read.answered));
  return empty.kind === 'page' ? windowOn(empty.page, start) : { kind: 'else', instead: told(answer) };
};

const windowOn = (page: Page, start: number): Look<Page, Listed> => {
  const { answered, sliced } = page;
  return { kind: 'window', page, body: answered.body, sliced, start };
};

/** The rows, and a link behind a full page: one that leads further, because no page begins more than half a page before the last one's end. */
const give = (
  walk: Walk,
  asked: AskedList,
  { position, select }: Place,
  { window: { page, start }, rows, isLost }: GoneOn<Page, Listed> & { readonly kind: 'goneOn' },
): Promise<Listed> | Listed => {
  const warning = isLost ? uncertain : undefined;
  const offset = start + page.rows;
  const isFull = page.rows >= position.size;
  const changes = { rows, select };
  if (!isFull) return changed(page, changes, warning ?? (page.hasLink ? mayBeMore : undefined));
  if (rows.length === 0 && !isNarrowed(page)) return changed(page, changes, repeated);
  if (position.pages >= walk.mostPages) return changed(page, changes, endless(position.pages));
  const marks = lastMarks(page.answered.body, page.sliced, position.marks.length);
  return linked(walk, asked, page, changes, { ...position, offset, pages: position.pages + 1, marks }, warning);
};

/** Rows were taken out that Defender was not asked for. */
const isNarrowed = ({ rows, sliced }: Page): boolean => rows > sliced.starts.length;

const repeated = 'Defender gave the machines of the last page again, so the list ends here. There may be more.';

const endless = (pages: number): string =>
  `This is page ${pages + 1}, and a walk ends here. There may be more machines; narrow $filter to get at them.`;
