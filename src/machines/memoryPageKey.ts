import { randomBytes } from 'node:crypto';
import type { PageKey } from './pageKey.ts';

/** A secret of this process alone. */
export const memoryPageKey = (): PageKey => {
  const secret = randomBytes(32);
  return { get: async () => secret };
};
