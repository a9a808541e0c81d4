/**
 * Which headers a request of a batch has. Who calls is known of the batch: what a request says of that is left out. How it calls (how long it can wait, how urgent, how fresh) a request may say for itself.
 */
import type { HttpRequest } from '@azure/functions';
import type { Caller } from '../caller.ts';
import { readWait, type Wait } from '../wait.ts';
import type { ItemHeaders } from './itemRequest.ts';

/** What a request may say for itself. */
const own = new Set([
  'accept',
  'cache-control',
  'if-none-match',
  'pragma',
  'prefer',
  'priority',
  'traceparent',
  'x-request-id',
]);

/** How, where the request does not say so itself. `Prefer` is not among them: of it only `wait` is for each request. */
const saysHow = /^(?:cache-control|pragma|priority|traceparent)$/;

/** What all requests of a batch have from it. */
export const inheritedHeaders = (batch: HttpRequest['headers']): ItemHeaders =>
  Object.fromEntries([...batch].filter(([name]) => saysHow.test(name)));

/** The batch's headers with a request's own ones. `Pragma` means nothing beside `Cache-Control`, so it must not meet the batch's. */
export const withOwn = (inherited: ItemHeaders, own: ItemHeaders): ItemHeaders => {
  if (own.pragma === undefined) return { ...inherited, ...own };
  const { 'cache-control': _, ...others } = inherited;
  return { ...others, ...own };
};

/** What of a request's own headers counts. */
export const ownHeaders = (headers: ItemHeaders): ItemHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => own.has(name)));

/** How long a request can wait: as it says, but no longer than its batch says; else as its batch does. */
export const itemWait = ({ prefer }: ItemHeaders, batch: Wait): Wait => {
  const asked = readWait(prefer ?? null);
  if (!asked.isAsked) return batch;
  return { ...asked, seconds: batch.isAsked ? Math.min(asked.seconds, batch.seconds) : asked.seconds };
};

/** The id of a request in log and answer: its own, else the batch's and its id in it; undefined where that can be none. */
export const itemRequestId = (
  headers: ItemHeaders,
  batch: Pick<Caller, 'requestId'>,
  id: string,
): string | undefined => {
  const made = `${batch.requestId}.${id}`;
  return headers['x-request-id'] ?? (/^[\x21-\x7e]{1,128}$/.test(made) ? made : undefined);
};

/** `Prefer` with the wait that counts in front: of a preference that is there twice the first one counts (RFC 7240). */
export const preferWith = (wait: Wait, prefer: string | undefined): string | undefined => {
  if (!wait.isAsked) return prefer;
  return prefer ? `wait=${wait.seconds}, ${prefer}` : `wait=${wait.seconds}`;
};
