import type { HttpRequest } from '@azure/functions';
import { readWait, type Wait } from './wait.ts';

/** What every call says about itself in its headers. */
export interface Caller {
  /** The caller's `x-request-id`, or one of ours: in the answer, in the log, and the `target` of errors. */
  readonly requestId: string;
  readonly wait: Wait;
  readonly traceparent?: string | undefined;
}

export const readCaller = (request: Pick<HttpRequest, 'headers'>): Caller => {
  const traceparent = request.headers.get('traceparent');
  return {
    requestId: fitting(request.headers.get('x-request-id'), /^[\x21-\x7e]{1,128}$/) ?? crypto.randomUUID(),
    wait: readWait(request.headers.get('prefer')),
    traceparent: fitting(traceparent, /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/),
  };
};

/** Headers that every answer carries. */
export const callerHeaders = ({ requestId, wait }: Caller): Readonly<Record<string, string>> => ({
  'x-request-id': requestId,
  ...(wait.isAsked ? { 'preference-applied': `wait=${wait.seconds}` } : {}),
});

const fitting = (value: string | null, form: RegExp): string | undefined =>
  value !== null && form.test(value) ? value : undefined;
