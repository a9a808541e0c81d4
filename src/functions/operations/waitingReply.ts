/** 202: not yet, and where and when to ask again. */
import type { HttpRequest } from '@azure/functions';
import type { Reply } from '../../http/reply.ts';
import { notReusable } from '../../http/reuse.ts';
import type { Operation } from '../../operations/operation.ts';
import { nextLookSeconds } from '../../operations/times.ts';
import { operationTriggers } from './operationTriggers.ts';

/** Absolute, under the name by which the caller knows the gateway. */
export const operationLink = ({ url }: Pick<HttpRequest, 'url'>, id: string): string =>
  `${new URL(url).origin}/${operationTriggers.operation.route.replace('{id}', id)}`;

/** @param now milliseconds since 1970 */
export const waitingReply = (request: Pick<HttpRequest, 'url'>, operation: Operation, now: number): Reply => {
  const { id, createdAt, due, deadline, refusedWith } = operation;
  const location = operationLink(request, id);
  return {
    status: 202,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...notReusable,
      location,
      'retry-after': String(nextLookSeconds(operation, now)),
      'x-gateway-operation': 'waiting',
    },
    body: JSON.stringify({
      id,
      status: 'waiting',
      location,
      createdAt: instant(createdAt),
      nextTry: due > now ? instant(due) : undefined,
      refusedWith,
      deadline: instant(deadline),
    }),
  };
};

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
