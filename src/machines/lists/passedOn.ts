import { readPage } from './page.ts';
import { type AskedList, changed, type Listed, told, type Walk } from './walk.ts';

/** A list with options that Defender alone can answer, such as `$expand`: its answer, without the link that can't be followed. */
export const passedOn = async (walk: Walk, { question, wish }: AskedList): Promise<Listed> => {
  const answer = await walk.ask(question, wish);
  const read = readPage(answer);
  if (read.kind !== 'page' || !read.page.hasLink) return told(answer);
  return changed(read.page, {}, question.options.top === undefined ? mayBeMore : undefined);
};

export const mayBeMore =
  "There may be more machines. Defender's link to them was left out, because it leads nowhere: walk with $top and $skip.";
