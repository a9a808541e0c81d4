/** Reading values that may be anything. */

export type Members = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of an object; none of any other value. */
export const membersOf = (value: unknown): Members => (isObject(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something; undefined for a blank one, and for what is no text. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** A member by its name in any case of letters; the first, where there are several. */
export const anyCase = (value: Members, name: string): unknown => {
  const wanted = name.toLowerCase();
  return Object.entries(value).find(([one]) => one.toLowerCase() === wanted)?.[1];
};

/** What a text of JSON says; undefined of any other text. */
export const parsedText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Without percent-encoding; what is none of it stays as it is. */
export const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Where a member stands: `value[3].data`, or `data` in the whole. */
export const within = (place: string, member: string): string =>
  place === '' || member.startsWith('[') ? place + member : `${place}.${member}`;
