/**
 * The query of one of the gateway's own addresses. Unlike Defender's, all that stands in it is judged: a name that is misspelt would
 * otherwise be a condition that nobody sees is missing.
 */
import { nearest } from '../odata/nearest.ts';

export type OwnQuery<Name extends string> =
  | { readonly kind: 'query'; readonly values: Readonly<Partial<Record<Name, string>>> }
  | WrongQuery;

export interface WrongQuery {
  readonly kind: 'wrong';
  /** Begins with the name. */
  readonly message: string;
}

/**
 * @param pairs decoded; names count in any case of letters
 * @param names what may stand in it. An empty value of those that begin with `$` is nothing, as in OData; of others it is an error
 */
export const readOwnQuery = <Name extends string>(
  pairs: Iterable<readonly [string, string]>,
  names: readonly Name[],
): OwnQuery<Name> => {
  const values: Partial<Record<Name, string>> = {};
  for (const [written, value] of pairs) {
    if (isThePlatforms.test(written)) continue;
    const name = names.find((each) => each.toLowerCase() === written.toLowerCase());
    if (name === undefined) return wrong(unknown(written, names));
    if (values[name] !== undefined) return wrong(`${name}: it is given more than once`);
    const text = value.trim();
    if (text !== '') values[name] = text;
    else if (!name.startsWith('$')) return wrong(`${name}: it is empty; give it a value, or leave it out`);
  }
  return { kind: 'query', values };
};

/** The key of a function, and its name ("Work with access keys in Azure Functions"). */
const isThePlatforms = /^(?:code|clientid)$/i;

/** A whole number, such as `$top`'s. */
export const readWhole = (
  name: string,
  text: string | undefined,
  { usual, most }: { readonly usual: number; readonly most: number },
): { readonly kind: 'whole'; readonly whole: number } | WrongQuery => {
  if (text === undefined) return { kind: 'whole', whole: usual };
  const whole = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (whole >= 1 && whole <= most) return { kind: 'whole', whole };
  return wrong(`${name}: ${shown(text)} will not do; write a whole number from 1 to ${most}`);
};

const unknown = (written: string, names: readonly string[]): string => {
  const near = nearest(written, names);
  const known = names.length === 0 ? 'There are none' : `There are: ${names.join(', ')}`;
  return `${shown(written)} is not an option here. ${near === undefined ? known : `Did you mean: ${near}`}`;
};

const shown = (text: string): string => `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;

const wrong = (message: string): WrongQuery => ({ kind: 'wrong', message });
