/** The text of a page, kept with the list it is a page of (which is another after each change), where it is big. */
import { bigBody, mostBig } from './bodies.ts';
import { type LastFew, lastFew } from './lastFew.ts';

const pages = new WeakMap<object, LastFew<string, string>>();

/** @param key of the page: all that its text depends on besides the list */
export const keptPage = (list: object, key: string, make: () => string): string => {
  const kept = pages.get(list) ?? lastFew<string, string>(mostBig);
  pages.set(list, kept);
  const known = kept.of(key);
  if (known !== undefined) return known;
  const text = make();
  return text.length < bigBody ? text : kept.keep(key, text);
};
