import { readPage } from './page.ts';
import { type AskedList, changed, type Listed, told, type Walk, wrong } from './walk.ts';

/** A list with options that Defender alone can answer, such as `$expand`: its answer, without the link that can't be followed. */
export const passedOn = async (walk: Walk, { question, wish }: AskedList): Promise<Listed> => {
  if (wish.groups) return wrong(onlyDefenders(Object.keys(question.options.others ?? {})[0]));
  const answer = await walk.ask(question, wish);
  const read = readPage(answer);
  if (read.kind !== 'page' || !read.page.hasLink) return told(answer);
  return changed(read.page, {}, question.options.top === undefined ? mayBeMore : undefined);
};

/** Rows that Defender makes anew say nothing that holds of their groups. */
export const onlyDefenders = (option = ''): string =>
  `${option}: a caller bound to device groups can't use it here, because Defender would work it out with machines of other groups. Leave it out`;

export const mayBeMore =
  "There may be more machines. Defender's link to them was left out, because it leads nowhere: walk with $top and $skip.";
