import { decodeEscapes } from './escapes.ts';

/**
 * A query as the host hands it to a function: one value per name, those of a repeated name joined by a comma.
 * Names are the same in any case; the first way of writing one stays. A plus sign is a blank.
 *
 * @param query  as sent, with or without its question mark
 */
export const readQuery = (query: string): Readonly<Record<string, string>> => {
  const values = new Map<string, { name: string; value: string }>();
  for (const pair of query.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const [name, value] = nameAndValue(pair);
    const before = values.get(name.toLowerCase());
    values.set(name.toLowerCase(), before ? { ...before, value: `${before.value},${value}` } : { name, value });
  }
  return Object.fromEntries([...values.values()].map(({ name, value }) => [name, value]));
};

/** The first value of a name, as the host looks for its own parameters. */
export const firstValue = (query: string, wanted: string): string | undefined => {
  const pairs = query.replace(/^\?/, '').split('&').map(nameAndValue);
  return pairs.find(([name]) => name.toLowerCase() === wanted)?.[1];
};

const nameAndValue = (pair: string): [string, string] => {
  const equals = pair.indexOf('=');
  if (equals < 0) return [decode(pair), ''];
  return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
};

const decode = (text: string) => decodeEscapes(text.replaceAll('+', ' '));
