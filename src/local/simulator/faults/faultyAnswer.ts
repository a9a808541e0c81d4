import { type Answer, refusal } from '../answer.ts';
import { expired } from '../token.ts';
import type { FaultAction } from './faultRules.ts';

/** The answer that a fault puts in place of the real one; what it does to the connection is not decided here. */
export const faultyAnswer = (real: Answer, fault: FaultAction): Answer => {
  const headers = { ...fault.headers, ...retryAfterOf(fault) };
  if (fault.expireToken) return expired();
  if (fault.redirect !== undefined) return { status: 307, body: '', headers: { ...headers, Location: fault.redirect } };
  const answer = fault.status === undefined ? real : plain(fault.status);
  const body = fault.garbage ? garbage : bodyOf(fault);
  return { ...answer, ...(body !== undefined && { body }), headers: { ...answer.headers, ...headers } };
};

const retryAfterOf = ({ retryAfter }: FaultAction): Readonly<Record<string, string>> =>
  retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };

const bodyOf = ({ body }: FaultAction): string | undefined => (typeof body === 'object' ? JSON.stringify(body) : body);

/** What a gateway before the service says, with the wrong type. */
const garbage = '<!DOCTYPE html><html><body><h1>The service is unavailable.</h1></body></html>\u0000\ufffd';

const codes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['BadRequest', 'The request is not valid.'],
  401: ['Unauthorized', 'Unauthorized request - reason of failure: Account mode is inactive'],
  403: ['Forbidden', 'The operation is not allowed.'],
  404: ['ResourceNotFound', 'The resource was not found'],
  429: ['TooManyRequests', 'Too many requests. Please try again later.'],
};

const plain = (status: number): Answer => {
  const [code, message] = codes[status] ?? ['InternalServerError', ''];
  return refusal(status, code, message);
};
