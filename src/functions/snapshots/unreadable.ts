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
  const code = storageCodeOf(fault);
  if (code === undefined) throw fault;
  context.warn('Snapshots could not be read', { requestId, fault: String(fault) });
  const message = `Snapshots can't be read: Table storage does not give them (${code}). The log tells more under this request's id.`;
  return problemResponse({ status: 503, code: 'ServiceUnavailable', message, retryAfterSeconds }, requestId);
};

/** The store's word for what is wrong; its whole message may name hosts and accounts. */
const storageCodeOf = (fault: unknown): string | undefined => {
  const { code, statusCode, details, cause } = Object(fault);
  const said = [statusCode, code ?? details?.odataError?.code].filter((part) => part !== undefined);
  if (said.length > 0) return said.join(' ');
  return cause === undefined ? undefined : storageCodeOf(cause);
};
