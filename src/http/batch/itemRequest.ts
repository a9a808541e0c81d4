/**
 * One request of a batch: a GET by itself, or why it is none. Each refusal has the status that the request would have got alone,
 * and for a dependence the one that the standard names ("OData JSON Format Version 4.01", 19.1).
 */
import type { Problem } from '../problem.ts';
import { type BatchItem, isObject, type Members } from './batchRequest.ts';

export type ItemRequest =
  | { readonly kind: 'get'; readonly url: string; readonly headers: ItemHeaders }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Names in lower case. */
export type ItemHeaders = Readonly<Record<string, string>>;

/** A body is ignored, as a GET's is. */
export const readItem = ({ place, members }: BatchItem): ItemRequest => {
  const { method, url } = members;
  const dependence = dependenceFault(members);
  if (dependence) return refused({ ...dependence, message: `${place}.${dependence.message}` });
  if (typeof method !== 'string') return badRequest(`${place}.method is no text; write "GET"`);
  if (method.toUpperCase() !== 'GET') return refused(notAllowed(place, method));
  if (typeof url !== 'string')
    return badRequest(`${place}.url is no text; write an address such as "machines?$top=10"`);
  const headers = readHeaders(members.headers ?? {});
  if (typeof headers === 'string') return badRequest(`${place}.headers${headers}`);
  return { kind: 'get', url, headers };
};

const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

const dependenceFault = (members: Members): Problem | undefined => {
  const named = ['dependsOn', 'if'].find((name) => isSaid(members[name]));
  if (named !== undefined) {
    const message = `${named}: the requests of a batch here are reads that go at the same time, and none waits for another. Leave ${named} out, or send this one after the answer of the others.`;
    return { status: 424, code: 'FailedDependency', message };
  }
  if (!isSaid(members.atomicityGroup)) return undefined;
  const message = `atomicityGroup: the requests of a batch here are reads, each with an answer of its own; they can't succeed or fail as one. Leave atomicityGroup out.`;
  return { status: 400, code: 'BadRequest', message };
};

const notAllowed = (place: string, method: string): Problem => ({
  status: 405,
  code: 'MethodNotAllowed',
  message: `${place}.method is ${JSON.stringify(method.slice(0, 20))}; a batch here takes GET only.`,
});

/** @returns a fault as what follows `headers` in the message */
const readHeaders = (written: unknown): ItemHeaders | string => {
  if (!isObject(written)) return ' is no object; write {"prefer":"wait=20"}';
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) {
    if (typeof value !== 'string') return `.${name.slice(0, 40)} is no text; write the value in quotes`;
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      return `.${name.slice(0, 40)} holds a character that no header may hold`;
    headers[name.toLowerCase()] = value.trim();
  }
  return headers;
};

const badRequest = (fault: string): ItemRequest => refused({ status: 400, code: 'BadRequest', message: `${fault}.` });

const refused = (problem: Problem): ItemRequest => ({ kind: 'refused', problem });
