import type { Problem } from '../../http/problem.ts';
import { mostAnswerBytes } from './room.ts';

/** @param address path and query, for who asks it alone */
export const tooLarge = (bytes: number, address: string): Problem => ({
  status: 413,
  code: 'ContentTooLarge',
  message: `Its answer of ${bytes} bytes has no room beside the others: a batch's has ${mostAnswerBytes} at most. Ask it alone: GET ${address.slice(0, 200)}`,
});
