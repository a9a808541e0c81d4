/** The answers to a batch of the resolver's questions: all asked at once, so that their finds are merged; the same one asked once. */

import type { BatchItem } from '../../http/batch/batchRequest.ts';
import type { ItemResponse } from '../../http/batch/batchResponse.ts';
import { type Problem, problemResponse } from '../../http/problem.ts';
import type { Reply } from '../../http/reply.ts';
import type { ResolveQuestion } from '../../machines/resolver/question.ts';
import type { Resolve } from '../../machines/resolver/resolve.ts';
import type { Asked } from '../asked.ts';
import { createRoom, mostAnswerBytes, type Room } from '../batch/room.ts';
import { replyOf } from '../finished.ts';
import type { Services } from '../services.ts';
import { readRequest } from './requests.ts';
import { callOf, toldOf } from './told.ts';

/** In the order of the items, each with the status, headers and body that it would have had alone. */
export const answersTo = async (
  items: readonly BatchItem[],
  ask: Resolve,
  asked: Asked,
  services: Services,
): Promise<readonly ItemResponse[]> => {
  const replies = new Map<string, Promise<Reply>>();
  const replyTo = (item: BatchItem): Reply | Promise<Reply> => {
    const read = readRequest(item);
    if (read.kind === 'wrong') return problemResponse({ ...read, status: 400 }, asked.caller.requestId);
    const { question } = read;
    const key = JSON.stringify(question);
    const reply = replies.get(key) ?? answered(question, ask, asked, services);
    replies.set(key, reply);
    return reply;
  };
  const all = await Promise.all(items.map(replyTo));
  const room = createRoom(mostAnswerBytes);
  return items.flatMap(({ id }, i) => {
    const reply = all[i];
    return reply ? [{ id, ...fitted(reply, room, asked) }] : [];
  });
};

const answered = async (question: ResolveQuestion, ask: Resolve, asked: Asked, services: Services): Promise<Reply> =>
  replyOf(toldOf(await ask(question, asked.wish)), asked, callOf(question), services);

type Part = Omit<ItemResponse, 'id'>;

const fitted = (reply: Reply, room: Room, { caller }: Asked): Part => {
  const part = partOf(reply);
  const bytes = part.body?.byteLength ?? 0;
  return room.take(bytes) ? part : partOf(problemResponse(tooLarge(bytes), caller.requestId));
};

const partOf = ({ status, headers, body }: Reply): Part => ({
  status,
  headers,
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
});

const tooLarge = (bytes: number): Problem => ({
  status: 413,
  code: 'ContentTooLarge',
  message: `Its answer of ${bytes} bytes has no room beside the others: a batch's has ${mostAnswerBytes} at most. Ask in smaller batches.`,
});
