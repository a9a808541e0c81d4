/**
 * The options of a query as OData has them. Names that do not begin with `$` are nobody's filter: a function's key
 * (`code`) stands among them, so they are neither judged nor kept.
 */
import type { EntityType } from './edm.ts';
import type { Expression } from './expression.ts';
import { describeUnknownOption, findOption, type OptionName, optionNames } from './optionName.ts';
import { readOption } from './optionValue.ts';
import { printFilter } from './print.ts';

export interface QueryOptions {
  readonly filter?: Expression;
  /** Machines in an answer; 0 asks for none. */
  readonly top?: number;
  readonly skip?: number;
  readonly select?: string;
  readonly orderBy?: string;
  readonly count?: boolean;
  /** The other options, and all of them where none are judged: as written, without blanks around. */
  readonly others?: Readonly<Partial<Record<OptionName, string>>>;
}

export interface WrongOption {
  readonly kind: 'wrong';
  /** As the caller wrote it. */
  readonly option: string;
  /** In a filter, the character counted from 1. */
  readonly position?: number;
  /** What is wrong, where, and what would be right; begins with the option. */
  readonly message: string;
}

/** What values are judged by. Without a type, as for calls that document no options, only names are. */
export interface Judge {
  readonly type?: EntityType;
  /** The most that `$top` may ask for; no bound if not given. */
  readonly mostTop?: number;
}

/**
 * Reads and checks a query's options. Names count in any case; empty values are nothing.
 *
 * @param pairs decoded names and values, in the caller's order
 */
export const readQueryOptions = (
  pairs: Iterable<readonly [string, string]>,
  judge: Judge,
): { readonly kind: 'options'; readonly options: QueryOptions } | WrongOption => {
  const named = new Map<OptionName, readonly [string, string]>();
  for (const [written, value] of pairs) {
    const text = value.trim();
    if (!written.startsWith('$') || (written === '$' && text === '')) continue;
    const name = findOption(written);
    if (name === undefined) return wrong(written, describeUnknownOption(written));
    if (text === '') continue;
    if (named.has(name)) return wrong(written, `${name}: it is given more than once`);
    named.set(name, [written, value]);
  }
  return readNamed(named, judge);
};

const readNamed = (
  named: ReadonlyMap<OptionName, readonly [string, string]>,
  judge: Judge,
): { readonly kind: 'options'; readonly options: QueryOptions } | WrongOption => {
  let options: QueryOptions = {};
  for (const [name, [written, value]] of named) {
    const read = readOption(name, value, judge);
    if (read.kind === 'wrong') return { ...read, option: written };
    options = { ...options, ...read.options, others: { ...options.others, ...read.options.others } };
  }
  return { kind: 'options', options };
};

/**
 * Writes options as a query without `?`: in one order whatever the caller's, values percent-encoded.
 *
 * @returns '' when there are none
 */
export const printQueryOptions = (options: QueryOptions): string => {
  const texts = optionTexts(options);
  return optionNames
    .flatMap((name) => {
      const text = texts[name];
      return text === undefined ? [] : [`${name}=${encoded(text)}`];
    })
    .join('&');
};

/** Half a character, which cannot be encoded, becomes the sign that stands for one. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));

const optionTexts = (options: QueryOptions): Partial<Record<OptionName, string | undefined>> => ({
  ...options.others,
  ...(options.filter && { $filter: printFilter(options.filter) }),
  ...(options.top !== undefined && { $top: `${options.top}` }),
  ...(options.skip !== undefined && { $skip: `${options.skip}` }),
  ...(options.select !== undefined && { $select: options.select }),
  ...(options.orderBy !== undefined && { $orderby: options.orderBy }),
  ...(options.count !== undefined && { $count: `${options.count}` }),
});

const wrong = (option: string, message: string): WrongOption => ({ kind: 'wrong', option, message });
