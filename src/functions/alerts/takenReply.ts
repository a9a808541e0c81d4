/** What a sender of alerts is told: of each, whether it is new, and where to ask for it; of the rest, what is wrong with it. */
import type { HttpRequest } from '@azure/functions';
import type { Item } from '../../enrichment/formats/format.ts';
import type { ReadAlerts } from '../../enrichment/formats/readAlerts.ts';
import type { Accepted } from '../../enrichment/intake.ts';
import { problemResponse } from '../../http/problem.ts';
import type { Reply } from '../../http/reply.ts';
import { notReusable } from '../../http/reuse.ts';
import { alertLink } from './alertLink.ts';
import { locationOf } from './location.ts';

type Wrong = Extract<Item, { kind: 'wrong' }>;
type Ignored = Extract<Item, { kind: 'ignored' }>;

/** 202. */
export const takenReply = (
  request: HttpRequest,
  accepted: readonly Accepted[],
  { wrong, ignored }: Pick<Extract<ReadAlerts, { kind: 'alerts' }>, 'wrong' | 'ignored'>,
): Reply => {
  const taken = accepted.map(({ alertId, kind }) => ({ alertId, status: kind, link: alertLink(request, alertId) }));
  const [one, ...others] = taken;
  return {
    status: 202,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...notReusable,
      ...(one && others.length === 0 ? locationOf(request, one.link) : {}),
    },
    body: JSON.stringify({
      accepted: taken,
      ...listed('refused', wrong),
      ...listed('ignored', ignored),
    }),
  };
};

/** 400: there is no alert in it that can be used, and some that can't. */
export const noneTaken = (wrong: readonly Wrong[], requestId: string): Reply => {
  const named = wrong.slice(0, mostInMessage).map(({ place, message }) => {
    const said = message.replace(/\.$/, '');
    return place === '' ? said : `${place}: ${said}`;
  });
  const more = wrong.length > named.length ? `; and ${wrong.length - named.length} more` : '';
  const message = `No alert was taken: ${named.join('; ')}${more}`;
  return problemResponse({ status: 400, code: 'InvalidInput', message }, requestId);
};

/** Nothing of it is known. */
export const unreadableReply = (
  { status, message }: Extract<ReadAlerts, { kind: 'unreadable' }>,
  requestId: string,
): Reply => problemResponse({ status, code: codes[status], message }, requestId);

const codes = { 400: 'InvalidRequestBody', 413: 'RequestBodyTooLarge', 415: 'UnsupportedMediaType' } as const;

const mostInMessage = 10;
/** A body of 4 MiB can name a hundred thousand machines that are none. */
const mostListed = 1000;

const listed = (name: 'refused' | 'ignored', items: readonly (Wrong | Ignored)[]) => ({
  [name]: items.slice(0, mostListed).map(({ place, message }) => ({ item: place, message })),
  ...(items.length > mostListed ? { [`${name}LeftOut`]: items.length - mostListed } : {}),
});
