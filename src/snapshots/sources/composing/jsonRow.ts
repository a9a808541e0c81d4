/** Reads what Defender is seen to send, not only what it documents: what is missing, null, empty or of another type is null. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** An object as JSON has it, or none. */
export const rowOf = (json: unknown): JsonRow =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonRow) : {};

/** Without blanks around. */
export const textIn = (row: JsonRow, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' ? value.trim() || null : null;
};

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

/** The id of a machine as we keep it: lower case, as all that Defender sends. */
export const idIn = (row: JsonRow, name: string): string | null => textIn(row, name)?.toLowerCase() ?? null;
