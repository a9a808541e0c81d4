/**
 * A call that documents no options: they are Defender's to answer. For a caller that is bound to device groups, all of them are done here, once
 * the rows of others are out: what Defender would work out with those could be told from its answer, or from its error.
 */
import { machineType } from '../../defender/machineType.ts';
import { mostTop, type Question, withOptions } from '../../defender/question.ts';
import { type QueryOptions, readQueryOptions } from '../../odata/queryOptions.ts';
import { shapeOf } from '../groups/shape.ts';
import type { Told } from '../told.ts';
import { type Choice, chosenRows } from './chosenRows.ts';
import { notDoneHere, readOrder, readSelect, type Select } from './listPlan.ts';
import { readPage, unreadable } from './page.ts';
import { onlyDefenders } from './passedOn.ts';
import { selectedMachine } from './selectedMachine.ts';
import { type AskedList, changed, type Listed, told, type Walk, wrong } from './walk.ts';

export const otherCall = async (walk: Walk, { question, wish }: AskedList): Promise<Listed> => {
  const others = Object.entries(question.options.others ?? {});
  if (wish.groups === undefined || others.length === 0) return told(await walk.ask(question, wish));
  const read = readQueryOptions(others, { type: machineType, mostTop });
  if (read.kind === 'wrong') return wrong(read.message);
  const { options } = read;
  const strange = strangeIn(question, options);
  if (strange !== undefined) return wrong(strange);
  const select = readSelect(options.select);
  if (select.kind === 'wrong') return select;
  const order = readOrder(options.orderBy);
  if (order.kind === 'wrong') return order;
  const { filter, skip, top, count = false } = options;
  const undone = notDoneHere(filter);
  if (undone) return undone;
  const answer = await walk.ask(withOptions(question, {}), wish);
  return chosen(walk, answer, { filter, order: order.keys, skip, top }, { select: select.paths, isCounted: count });
};

const strangeIn = ({ call }: Question, { others = {}, filter, orderBy }: QueryOptions): string | undefined => {
  const [strange] = Object.keys(others);
  if (strange !== undefined) return onlyDefenders(strange);
  if (shapeOf(call) !== 'machine' || (filter ?? orderBy) === undefined) return undefined;
  return `${filter ? '$filter' : '$orderby'}: this is one machine, and no list. Leave it out`;
};

const chosen = (
  { clock }: Walk,
  answer: Told,
  choice: Choice,
  { select, isCounted }: { readonly select: Select; readonly isCounted: boolean },
): Listed => {
  const read = readPage(answer);
  if (read.kind === 'unreadable') return told(selectedMachine(answer, select));
  if (read.kind !== 'page') return told(answer);
  try {
    const { rows, matching } = chosenRows(read.page, choice, clock);
    return changed(read.page, { rows, select, count: isCounted ? matching : undefined });
  } catch (fault) {
    return told(unreadable(answer, fault));
  }
};
