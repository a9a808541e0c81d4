/**
 * A call that documents no options: they are Defender's to answer. For a caller that is bound to device groups, those that choose among rows or
 * properties are done here, once the rows of others are out.
 */
import { machineType } from '../../defender/machineType.ts';
import { mostTop, withOptions } from '../../defender/question.ts';
import { type QueryOptions, readQueryOptions } from '../../odata/queryOptions.ts';
import { passedOptions } from '../groups/withinGroups.ts';
import { readSelect, type Select } from './listPlan.ts';
import { readPage } from './page.ts';
import { everyRow } from './pageBody.ts';
import { onlyDefenders } from './passedOn.ts';
import { selectedMachine } from './selectedMachine.ts';
import { type AskedList, changed, type Listed, told, type Walk, wrong } from './walk.ts';

export const otherCall = async (walk: Walk, { question, wish }: AskedList): Promise<Listed> => {
  const others = Object.entries(question.options.others ?? {});
  if (wish.groups === undefined || others.length === 0) return told(await walk.ask(question, wish));
  const passed = others.filter(([name]) => passedOptions.includes(name));
  const own = others.filter(([name]) => !passedOptions.includes(name));
  const read = readQueryOptions(own, { type: machineType, mostTop });
  if (read.kind === 'wrong') return wrong(read.message);
  const [strange] = Object.keys(read.options.others ?? {});
  if (strange !== undefined) return wrong(onlyDefenders(strange));
  const select = readSelect(read.options.select);
  if (select.kind === 'wrong') return select;
  const asked = withOptions(question, passed.length > 0 ? { others: Object.fromEntries(passed) } : {});
  return chosen(await walk.ask(asked, wish), read.options, select.paths);
};

const chosen = (
  answer: Parameters<typeof readPage>[0],
  { top, skip = 0, count }: QueryOptions,
  select: Select,
): Listed => {
  const read = readPage(answer);
  if (read.kind === 'unreadable') return told(selectedMachine(answer, select));
  if (read.kind !== 'page') return told(answer);
  const all = everyRow(read.page.sliced);
  const rows = all.slice(skip, skip + (top ?? all.length));
  return changed(read.page, { rows, select, count: count ? all.length : undefined });
};
