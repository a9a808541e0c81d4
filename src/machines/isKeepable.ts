import type { Answered } from '../defender/answer.ts';
import { isEntity } from '../odata/evaluation/value.ts';

/**
 * Whether an answer may be given again: good news, and that nothing is there. Everything else may be over a moment later, and so may a body
 * that is not what a machine or a list of them looks like.
 */
export const isKeepable = ({ status, body }: Answered): boolean =>
  status === 404 || (status === 200 && isReadable(new TextDecoder().decode(body)));

const isReadable = (text: string): boolean => {
  try {
    const read: unknown = JSON.parse(text);
    if (!isEntity(read)) return false;
    return Array.isArray(read.value) ? read.value.every(hasId) : hasId(read);
  } catch {
    return false;
  }
};

const hasId = (row: unknown): boolean => isEntity(row) && typeof row.id === 'string';
