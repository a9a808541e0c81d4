import type { InvocationContext } from '@azure/functions';
import type { Caller } from '../../http/caller.ts';
import { problemResponse } from '../../http/problem.ts';
import type { Reply } from '../../http/reply.ts';

const retryAfterSeconds = 5;

/**
 * Table storage can't be read: 503.
 *
 * @throws the fault itself where it did not come from there
 */
export const unreadable = (fault: unknown, { requestId }: Caller, context: InvocationContext): Reply => {
  const word = wordOf(fault);
  if (word === undefined) throw fault;
  context.warn('Snapshots could not be read', { requestId, fault: String(fault) });
  const message = `Snapshots can't be read: Table storage does not give them (${word}). The log tells more under this request's id.`;
  return problemResponse({ status: 503, code: 'ServiceUnavailable', message, retryAfterSeconds }, requestId);
};

/** What is wrong, in a word of the store's; its whole message may name hosts and accounts. */
const wordOf = (fault: unknown): string | undefined => {
  const { name, message, code, statusCode, details, cause } = Object(fault);
  // The code of a DOMException is a number out of a list of its own.
  if (name === 'AbortError' || name === 'TimeoutError') return 'no answer in time';
  const said = [statusCode, code ?? details?.odataError?.code].filter((part) => part !== undefined);
  if (said.length > 0) return said.join(' ');
  const [unsettled] = isUnsettled.exec(String(message)) ?? [];
  if (unsettled !== undefined) return unsettled;
  return cause === undefined ? undefined : wordOf(cause);
};

/** The store's, of a bucket that a run writes faster than it can be read. */
const isUnsettled = /^Bucket \d+ was written to whenever it was read/;
