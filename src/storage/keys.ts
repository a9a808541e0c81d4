/**
 * Texts as keys of the table service, which takes no `/ \ # ?` and no control characters ("Understanding the Table service data
 * model"). What is escaped sorts as the texts do, so that a range of ids is a range of keys; hexadecimal ids stay as they are.
 */
/** Each escape begins with a character that stands where the escaped ones stood: below the digits, between digits and letters, and so on. */
const escapes: readonly (readonly [below: number, mark: string, digits: number])[] = [
  [0x30, '!', 2],
  [0x41, ':', 2],
  [0x61, '_', 2],
  [0x10000, '~', 4],
];

const unsafe = /[^0-9A-Za-z]/g;

/** Sorts as the text does; no two texts have the same. */
export const keyOf = (text: string): string => text.replace(unsafe, escaped);

export const textOfKey = (key: string): string =>
  key.replace(/[!:_](..)|~(....)/g, (_, short: string | undefined, long: string | undefined) =>
    String.fromCharCode(Number.parseInt(short ?? long ?? '', 16)),
  );

/** Of a tenant and application, or whatever else rows are told apart by: safe, and different for different texts. */
export const partitionKeyOf = (...texts: readonly string[]): string => texts.map(keyOf).join('|');

/** In a filter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const escaped = (character: string): string => {
  const code = character.charCodeAt(0);
  const [, mark, digits] = escapes.find(([below]) => code < below) ?? ['', '~', 4];
  return mark + code.toString(16).padStart(digits, '0');
};
