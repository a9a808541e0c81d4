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

/** Members by their names in any case of letters; the first, where one stands there several times. */
export const anyCase = <Name extends string>(
  value: Members,
  names: readonly Name[],
): Readonly<Partial<Record<Name, unknown>>> => {
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  const found: Partial<Record<Name, unknown>> = {};
  for (const written of Object.keys(value)) {
    const name = wanted.get(written.toLowerCase());
    if (name !== undefined && !(name in found)) found[name] = value[written];
  }
  return found;
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
