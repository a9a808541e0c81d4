import type { HttpRequest } from '@azure/functions';
import { readWait, type Wait } from './wait.ts';

/** What every call says about itself in its headers. */
export interface Caller {
  /** The caller's `x-request-id`, or one of ours: in the answer, in the log, and the `target` of errors. */
  readonly requestId: string;
  readonly wait: Wait;
}

export const readCaller = (request: Pick<HttpRequest, 'headers'>): Caller => {
  const { headers } = request;
  return { requestId: requestIdIn(headers) ?? newRequestId(headers), wait: readWait(headers.get('prefer')) };
};

/** Headers that every answer carries. */
export const callerHeaders = ({ requestId, wait }: Caller): Readonly<Record<string, string>> => ({
  'x-request-id': requestId,
  ...(wait.isAsked ? { 'preference-applied': `wait=${wait.seconds}` } : {}),
});

const requestIdIn = (headers: HttpRequest['headers']): string | undefined => {
  const said = headers.get('x-request-id');
  return said !== null && /^[\x21-\x7e]{1,128}$/.test(said) ? said : undefined;
};

/** A request is read in several places, and has one id in all of them. */
const newIds = new WeakMap<HttpRequest['headers'], string>();

const newRequestId = (headers: HttpRequest['headers']): string => {
  const id = newIds.get(headers) ?? crypto.randomUUID();
  newIds.set(headers, id);
  return id;
};
