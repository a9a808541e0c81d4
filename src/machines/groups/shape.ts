import type { Call } from '../../defender/call.ts';

/** What a call answers with, by its path: machines are what can be narrowed. Undefined: something else, or not known. */
export const shapeOf = ({ path }: Pick<Call, 'path'>): 'list' | 'machine' | undefined => {
  if (/\/machines$/.test(path)) return 'list';
  return /\/(?:machine|machines\/\{\w+\})$/.test(path) ? 'machine' : undefined;
};
