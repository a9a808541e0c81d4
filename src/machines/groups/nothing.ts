/**
 * What a bound caller is told where there is nothing for it: the same whether there is a machine of other groups or none at all. Nothing of
 * Defender's answer goes into it, neither its words nor its headers, nor for how long it is kept, because these are different then.
 */
import type { Answered } from '../../defender/answer.ts';
import type { Question } from '../../defender/question.ts';
import type { Source } from '../told.ts';

export const emptyList = (askedFor?: string): Answered =>
  answeredWith(200, { '@odata.context': '$metadata#Machines', value: [] }, askedFor);

/** In Defender's envelope ("Common REST API error codes"), as unknown machines are answered; its `target` is one of a kind. */
export const notFound = ({ call, path, query, value = '' }: Question): Answered => {
  const message = call.name === 'machine' ? `Machine ${value} was not found` : `No machine was found for ${value}`;
  return answeredWith(404, { error: { code: 'ResourceNotFound', message, target: crypto.randomUUID() } }, path + query);
};

/** What can't be told machine by machine is not told at all. */
export const forbidden = (what: string): Answered => {
  const message = `This caller is bound to device groups, and ${what} can't be narrowed to their machines.`;
  return answeredWith(403, { error: { code: 'Forbidden', message, target: crypto.randomUUID() } });
};

/** An error that is no matter of machines: its status, and for how long to stay away, but none of Defender's words. */
export const failed = ({ status, headers, warning }: Answered): Answered => {
  const code = status === 401 ? 'Unauthorized' : status < 500 ? 'Forbidden' : 'ServiceUnavailable';
  const message = `Defender answered the gateway with an error of the status ${status}.`;
  const answered = answeredWith(status, { error: { code, message, target: crypto.randomUUID() } });
  const { 'retry-after': retryAfter } = headers;
  return {
    ...answered,
    headers: { ...answered.headers, ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) },
    ...(warning === undefined ? {} : { warning }),
  };
};

/** As if Defender had just been asked, and nothing was kept of it. */
export const untold: Source = { kind: 'defender', because: 'miss', isShared: false };

const answeredWith = (status: number, body: object, askedFor?: string): Answered => ({
  kind: 'answered',
  status,
  headers:
    status === 200
      ? { 'content-type': 'application/json; odata.metadata=minimal; charset=utf-8', 'odata-version': '4.0' }
      : { 'content-type': 'application/json; charset=utf-8' },
  body: new TextEncoder().encode(JSON.stringify(body)),
  ...(askedFor === undefined ? {} : { askedFor }),
});
