/** What of an address stands in a playbook before it is played: its path with `x` for each variable part, and the names in its query. */
import { type Expression, readText } from './expression.ts';

export interface Skeleton {
  /** Which address comes first: the name of the workflow's parameter. Undefined where the address is none of ours to know. */
  readonly host: string | undefined;
  readonly path: string;
  readonly query: readonly string[];
}

export const skeletonOf = (uri: string): Skeleton => {
  const read = readText(uri);
  const parts = read.kind === 'whole' ? [read.expression] : read.pieces;
  const whole = parts.map((part) => (typeof part === 'string' ? part : bare(part))).join('');
  const [, host, path = '', query = ''] = /^<(\w+)>([^?]*)\??(.*)$/.exec(whole) ?? [];
  const names = query.split('&').flatMap((pair) => (pair === '' ? [] : [pair.split('=')[0] ?? '']));
  return { host, path, query: names };
};

/** Both sides of a choice one after the other, as of a query. */
const bare = (expression: Expression): string => {
  if (expression.kind === 'value') return String(expression.value ?? '');
  if (expression.kind !== 'call') return 'x';
  const [first, second, third] = expression.given;
  if (expression.name === 'concat') return expression.given.map(bare).join('');
  if (expression.name === 'if' && second && third) return `${bare(second)}&${bare(third)}`;
  return expression.name === 'parameters' && first?.kind === 'value' ? `<${first.value}>` : 'x';
};
