/** An answer as HTTP: Defender's own where there is one, else an error that says what to do. */
import type { Answer, Answered } from '../defender/answer.ts';
import { looksLikeJson } from '../defender/body.ts';
import { type Problem, problemResponse } from './problem.ts';
import type { Reply } from './reply.ts';

export const respond = (answer: Answer, requestId: string): Reply => {
  if (answer.kind !== 'answered') return problemResponse(problemOf(answer), requestId);
  if (answer.status >= 400 && !looksLikeJson(answer.headers['content-type'] ?? null, answer.body)) {
    return problemResponse(unreadable(answer), requestId);
  }
  return { status: answer.status, headers: headersOf(answer), body: answer.body };
};

/** `Content-Location` is the resource that Defender was asked for: another than the caller's where a user's name was cut. */
const headersOf = ({ headers, askedFor, warning }: Answered): Record<string, string> => ({
  ...headers,
  ...(askedFor === undefined ? {} : { 'content-location': askedFor }),
  ...(warning === undefined ? {} : { 'x-gateway-warning': warning }),
});

const problemOf = (answer: Exclude<Answer, Answered>): Problem => {
  switch (answer.kind) {
    case 'throttled':
      return {
        status: 429,
        code: 'TooManyRequests',
        message: answer.message,
        retryAfterSeconds: answer.retryAfterSeconds,
      };
    case 'closed':
      return {
        status: 503,
        code: 'ServiceUnavailable',
        message: `Nothing was sent to Defender: ${answer.reason}.`,
        retryAfterSeconds: answer.retryAfterSeconds,
      };
    case 'unreachable':
      return { status: 502, code: 'BadGateway', message: `${capital(answer.reason)}.` };
    case 'late':
      return {
        status: 504,
        code: 'GatewayTimeout',
        message: `${capital(answer.reason)}. A longer Prefer: wait=N gives it more.`,
      };
    case 'notCached':
      return { status: 504, code: 'GatewayTimeout', message: notCached };
  }
};

const notCached =
  'No answer is kept that is as fresh as asked for, and Cache-Control: only-if-cached forbids to ask Defender. Without only-if-cached it is asked; with max-stale=N, an answer will do that is N seconds past its freshness.';

/** Defender's words ("Common REST API error codes"). */
const codes: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'ResourceNotFound',
  500: 'InternalServerError',
};

/** An error page of something in between: its status stays, its body is no answer for a program. */
const unreadable = ({ status, headers }: Answered): Problem => ({
  status,
  code: codes[status] ?? (status >= 500 ? 'ServiceUnavailable' : 'BadRequest'),
  message: `Defender answered ${status} with ${headers['content-type'] ?? 'no type'} in place of an error it documents.`,
  retryAfterSeconds: headers['retry-after'] === undefined ? undefined : Number(headers['retry-after']),
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
