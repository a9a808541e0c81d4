/**
 * Texts of any size in rows: what is short stands in the row, what is long in a body that the row names. A body is written before the row,
 * under a name that nobody had before; so a crash in between leaves a body that no row names, and harms nothing.
 */

import type { Bodies } from '../../storage/bodies.ts';
import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import type { Properties } from './properties.ts';

/**
 * Characters. Far below what an entity holds (1 MiB of UTF-16, "Understanding the Table service data model"), and a transaction
 * (4 MiB of JSON, "Performing entity group transactions"), with several of them in it.
 */
export const mostInRow = 240_000;

/** Azurite takes these for ends of lines, and then can't read the transaction. */
const lineSeparators = /[\u2028\u2029]/g;

/** Whether it is for a body. */
export const isLong = (text: string): boolean => text.length > mostInRow || text.search(lineSeparators) >= 0;

/** A value in a row. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value).replace(lineSeparators, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`);

/** @param place of the body among others, for people to find */
export const stow = async (bodies: Bodies, place: string, text: string): Promise<Properties> => {
  if (!isLong(text)) return propertiesOfText(text);
  const body = `${place}/${crypto.randomUUID()}`;
  await bodies.put(body, text);
  return { body };
};

/** Undefined where the body that the row names is gone. */
export const textIn = async (bodies: Bodies, row: Readonly<Record<string, unknown>>): Promise<string | undefined> => {
  const body = bodyOf(row);
  return body === undefined ? textOfProperties(row) : bodies.get(body);
};

/** @throws where the body that the row names is gone */
export const unstow = async (bodies: Bodies, row: Readonly<Record<string, unknown>>): Promise<string> => {
  const text = await textIn(bodies, row);
  if (text === undefined) throw new Error(`The body ${bodyOf(row)} is gone`);
  return text;
};

export const bodyOf = ({ body }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof body === 'string' ? body : undefined;

/** What nobody needs any more; where storage does not do it, it stays and harms nothing. */
export const discard = async (bodies: Bodies, ...rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> => {
  const names = rows.map(bodyOf).filter((name) => name !== undefined);
  await Promise.allSettled(names.map((name) => bodies.remove(name)));
};
