/** Conditions of an If, whose texts are worked out already. */
import { pureFunctions } from './functions.ts';

export const holds = (condition: unknown): boolean => {
  const [operator = '', given] = Object.entries(condition as Readonly<Record<string, unknown>>)[0] ?? [];
  if (operator === 'and') return (given as unknown[]).every(holds);
  if (operator === 'or') return (given as unknown[]).some(holds);
  if (operator === 'not') return !holds(given);
  const compare = pureFunctions[operator];
  if (!compare) throw new Error(`there is no condition ${operator}`);
  return compare(...(given as unknown[])) === true;
};
