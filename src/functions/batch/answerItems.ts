/** The answers to a batch's requests, in their order: the same question is asked once, and all together have a largest size. */
import type { InvocationContext } from '@azure/functions';
import type { CallerIdentity } from '../../callers/identity.ts';
import type { Clock } from '../../clock.ts';
import type { BatchItem } from '../../http/batch/batchRequest.ts';
import type { ItemResponse } from '../../http/batch/batchResponse.ts';
import { bodyAsJson } from '../../http/batch/bodyAsJson.ts';
import { type Problem, problemResponse } from '../../http/problem.ts';
import { type BatchAsked, type Errand, readErrand } from './errand.ts';
import { createRoom, mostAnswerBytes, type Room } from './room.ts';
import type { Routes } from './routes.ts';
import { runErrands } from './runErrands.ts';
import { tooLarge } from './tooLarge.ts';
import type { WholeReply } from './wholeReply.ts';

export interface Answering {
  readonly routes: Routes;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly context: InvocationContext;
  /** Who sent the batch: who asks all that is in it. */
  readonly identity: CallerIdentity;
}

export const answerItems = async (
  items: readonly BatchItem[],
  batch: BatchAsked,
  { routes, clock, context, identity }: Answering,
): Promise<readonly ItemResponse[]> => {
  const { requestId } = batch.caller;
  const room = createRoom(mostAnswerBytes);
  const responses = new Map<BatchItem, ItemResponse>();
  const shared = new Map<string, Shared>();
  for (const item of items) {
    const read = readErrand(item, batch, routes);
    if (read.kind === 'refused') responses.set(item, refusal(item, read.problem, requestId));
    else share(shared, read.errand, item);
  }
  await runErrands([...shared.values()], { room, clock, context, identity, requestId }, (one, reply) => {
    for (const [item, response] of responsesTo(one, reply, room, requestId)) responses.set(item, response);
  });
  return items.flatMap((item) => responses.get(item) ?? []);
};

/** An errand, and all who sent it. */
interface Shared {
  readonly errand: Errand;
  readonly senders: Sender[];
}

interface Sender {
  readonly item: BatchItem;
  readonly requestId: string | undefined;
}

const share = (shared: Map<string, Shared>, errand: Errand, item: BatchItem): void => {
  const same = shared.get(errand.key);
  const sender = { item, requestId: errand.requestId };
  if (same) same.senders.push(sender);
  else shared.set(errand.key, { errand, senders: [sender] });
};

/** Each has its own id, and takes of the room: what is asked once and told ten times stands in the answer ten times. */
const responsesTo = (
  { errand, senders }: Shared,
  reply: WholeReply,
  room: Room,
  requestId: string,
): readonly (readonly [BatchItem, ItemResponse])[] => {
  const { headers, body } = reply;
  if (body.byteLength === 0) return senders.map((sender) => [sender.item, headTo(sender, errand, reply)]);
  const json = bodyAsJson(headers, body);
  if (!json) return senders.map(({ item }) => [item, refusal(item, broken, requestId)]);
  return senders.map((sender) => {
    if (room.take(json.byteLength)) return [sender.item, { ...headTo(sender, errand, reply), body: json }];
    return [sender.item, refusal(sender.item, tooLarge(json.byteLength, errand.address), requestId)];
  });
};

/** The errand has the id of who sent it first: the answer says that already, or what was put in its place. */
const headTo = ({ item, requestId }: Sender, errand: Errand, { status, headers }: WholeReply): ItemResponse => {
  const isSaid = headers['x-request-id'] === undefined || requestId === undefined || requestId === errand.requestId;
  return { ...named(item), status, headers: isSaid ? headers : { ...headers, 'x-request-id': requestId } };
};

const named = ({ id, members: { atomicityGroup } }: BatchItem): Pick<ItemResponse, 'id' | 'atomicityGroup'> => ({
  id,
  ...(typeof atomicityGroup === 'string' ? { atomicityGroup } : {}),
});

const refusal = (item: BatchItem, problem: Problem, requestId: string): ItemResponse => {
  const { status, headers, body } = problemResponse(problem, requestId);
  const allow = status === 405 ? { allow: 'GET' } : {};
  return { ...named(item), status, headers: { ...headers, ...allow }, body: new TextEncoder().encode(String(body)) };
};

const broken: Problem = {
  status: 502,
  code: 'BadGateway',
  message: 'What came is said to be JSON and is not; it would have spoilt the whole answer. Ask it alone to see it.',
};
