/** Questions about alerts that can't be answered, and what to do about it. */
import type { Caller } from '../../http/caller.ts';
import { problemResponse } from '../../http/problem.ts';
import type { Reply } from '../../http/reply.ts';

/** 400. @param message begins with what is wrong */
export const wrong = (message: string, { requestId }: Caller): Reply =>
  problemResponse({ status: 400, code: 'InvalidInput', message }, requestId);

/** 404. */
export const unknownAlert = (id: string, { requestId }: Caller): Reply => {
  const example = JSON.stringify({ alertId: id });
  const message = `There is no alert ${id} here, in neither of its two spellings. Send it first: POST /gateway/alerts with ${example}`;
  return problemResponse({ status: 404, code: 'ResourceNotFound', message }, requestId);
};
