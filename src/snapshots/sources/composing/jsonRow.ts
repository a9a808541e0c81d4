/** Reads what Defender is seen to send, not only what it documents: what is missing, null, empty or of another type is null. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** An object as JSON has it, or none. */
export const rowOf = (json: unknown): JsonRow =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonRow) : {};

/** Longer texts are cut: what is kept of a machine must fit into a row of the store. */
const mostCharacters = 200;

/** Without blanks around. */
export const textIn = (row: JsonRow, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' ? clipped(value.trim()) || null : null;
};

export const clipped = (text: string): string =>
  text.length > mostCharacters ? text.slice(0, mostCharacters).replace(/\p{Surrogate}$/u, '') : text;

/** A whole number from 0 on; as text, too. */
export const countIn = (row: JsonRow, name: string): number | null => {
  const value = row[name];
  if (typeof value === 'string') return countOf(value);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
};

/** The whole number that a text of digits says. */
export const countOf = (text: string | undefined): number | null =>
  text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : null;

/** Truth as a boolean, or as the text that Defender sends: `True`, `False`; everything else, such as `Unknown`, is null. */
export const truthIn = (row: JsonRow, name: string): boolean | null => {
  const value = row[name];
  if (typeof value === 'boolean') return value;
  const text = textIn(row, name)?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
};

/**
 * The id of a machine as it is kept: in lower case, as all are that Defender is seen to send (40 hexadecimal digits). Others are taken too, as
 * long as they can be the key of a row.
 */
export const idIn = (row: JsonRow, name: string): string | null => {
  const id = textIn(row, name)?.toLowerCase();
  return id !== undefined && /^[\w.:-]{1,100}$/.test(id) ? id : null;
};
