import type { IncomingMessage } from 'node:http';
import { firstValue } from '../http/query.ts';
import type { HostKeys } from './hostKeys.ts';

/** What a request's key opens, weakest first; `none` for no key, and for a wrong one. */
export type KeyLevel = 'none' | 'function' | 'system' | 'admin';

/** The level of the key that a request carries: in `x-functions-key`, or else in the query as `code`. */
export const keyLevel = (keys: HostKeys, request: IncomingMessage, query: string): KeyLevel => {
  const given = request.headersDistinct['x-functions-key']?.[0] ?? firstValue(query, 'code') ?? '';
  if (given === keys.master) return 'admin';
  if (given === keys.function) return 'function';
  if (given === keys.eventGrid) return 'system';
  return 'none';
};

/**
 * Whether a key may do what asks for a level.
 *
 * @returns the status to refuse with, or `undefined` when it may: 401 without a valid key, 403 for one too weak
 */
export const refusal = (level: KeyLevel, required: 'anonymous' | KeyLevel): 401 | 403 | undefined => {
  if (required === 'anonymous' || level === required || level === 'admin') return undefined;
  return level === 'none' ? 401 : 403;
};
