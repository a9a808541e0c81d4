import { type EntityType, findProperty } from './edm.ts';
import { describeWrong, parseFilter } from './filter.ts';
import type { OptionName } from './optionName.ts';
import type { Judge, QueryOptions, WrongOption } from './queryOptions.ts';

type Read = { readonly kind: 'options'; readonly options: QueryOptions } | WrongOption;

/** Judges one option's value. What the documents do not promise is taken as it is: Defender answers it. */
export const readOption = (name: OptionName, value: string, { type, mostTop }: Judge): Read => {
  const text = value.trim();
  if (type === undefined) return options({ others: { [name]: text } });
  switch (name) {
    case '$filter':
      return readFilter(value, type);
    case '$top':
      return readWhole(name, text, mostTop ?? Number.MAX_SAFE_INTEGER, (top) => ({ top }));
    case '$skip':
      return readWhole(name, text, Number.MAX_SAFE_INTEGER, (skip) => ({ skip }));
    case '$count':
      return readCount(text);
    case '$select':
      return options({ select: withDocumentedNames(text, type) });
    case '$orderby':
      return options({ orderBy: withDocumentedNames(text, type) });
    default:
      return options({ others: { [name]: text } });
  }
};

const options = (read: QueryOptions): Read => ({ kind: 'options', options: read });

const wrong = (option: OptionName, message: string): Read => ({
  kind: 'wrong',
  option,
  message: `${option}: ${message}`,
});

const readFilter = (value: string, type: EntityType): Read => {
  const read = parseFilter(value, type);
  if (read.kind === 'filter') return options({ filter: read.expression });
  return { kind: 'wrong', option: '$filter', position: read.position, message: describeWrong(read) };
};

const readWhole = (name: OptionName, text: string, most: number, named: (value: number) => QueryOptions): Read => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return options(named(value));
  return wrong(name, `'${clipped(text)}' is not a whole number from 0 to ${most}`);
};

const readCount = (text: string): Read => {
  if (text === 'true' || text === 'false') return options({ count: text === 'true' });
  const lower = text.toLowerCase();
  const advice = lower === 'true' || lower === 'false' ? `. Did you mean: ${lower}` : '';
  return wrong('$count', `'${clipped(text)}' is neither true nor false${advice}`);
};

const clipped = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** Writes the names of properties between commas as documented, and leaves everything else as it stands. */
const withDocumentedNames = (text: string, type: EntityType): string =>
  text.includes('(')
    ? text
    : text
        .split(',')
        .map((item) => item.replace(/\w+/, (name) => findProperty(type, name)?.[0] ?? name))
        .join(',');
