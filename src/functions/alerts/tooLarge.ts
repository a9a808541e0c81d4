import type { HttpRequest } from '@azure/functions';
import { mostBytes, tooLarge as said } from '../../enrichment/formats/json.ts';
import type { Problem } from '../../http/problem.ts';

/** A body that need not be copied to know that it is not read. */
export const tooLarge = (headers: HttpRequest['headers']): Problem | undefined => {
  const size = Number(headers.get('content-length'));
  if (!(size > mostBytes)) return undefined;
  return { status: 413, code: 'RequestBodyTooLarge', message: `${said(size)}.` };
};
