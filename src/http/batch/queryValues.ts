import { decodeEscapes } from './escapes.ts';

/**
 * A query as the host hands it to a function: one value for each name, those of a repeated one joined by a comma. Names are the
 * same in any case; the first way of writing one stays. A plus sign is a blank.
 *
 * @param query with its question mark, or empty
 */
export const queryValues = (query: string): Readonly<Record<string, string>> => {
  const values = new Map<string, readonly [name: string, value: string]>();
  for (const pair of query.slice(1).split('&').filter(Boolean)) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    const key = decode(name).toLowerCase();
    const [firstName = decode(name), before] = values.get(key) ?? [];
    values.set(key, [firstName, before === undefined ? decode(value) : `${before},${decode(value)}`]);
  }
  return Object.fromEntries(values.values());
};

const decode = (text: string): string => decodeEscapes(text.replaceAll('+', ' '));
