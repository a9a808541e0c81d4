/** One request of a batch, made ready: the function it is for and what that is given, or why it is for none. */
import type { HttpRequest } from '@azure/functions';
import type { BatchItem } from '../../http/batch/batchRequest.ts';
import { encodePath } from '../../http/batch/escapes.ts';
import { readAddress } from '../../http/batch/itemAddress.ts';
import { type ItemHeaders, readItem } from '../../http/batch/itemRequest.ts';
import { itemRequestId, itemWait, ownHeaders } from '../../http/batch/passedHeaders.ts';
import { queryValues } from '../../http/batch/queryValues.ts';
import type { Caller } from '../../http/caller.ts';
import type { Problem } from '../../http/problem.ts';
import type { Wait } from '../../http/wait.ts';
import type { HttpFunction } from '../services.ts';
import { type AnswerSize, answerSize } from './answerSize.ts';
import { requestInBatch } from './requestInBatch.ts';
import type { RouteFound, Routes } from './routes.ts';

/** What all requests of a batch have in common. */
export interface BatchAsked {
  readonly request: HttpRequest;
  readonly caller: Caller;
  /** Scheme and host that it was sent to, and the host alone. */
  readonly origin: string;
  readonly host: string;
  /** What a relative address is relative to: `/api/`, `/api/v1.0/`. */
  readonly root: string;
  /** Headers that they all have. */
  readonly inherited: ItemHeaders;
}

export interface Errand {
  /** Errands with the same one have the same answer. */
  readonly key: string;
  /** Path and query, for who asks it alone. */
  readonly address: string;
  readonly asks: HttpFunction;
  readonly wait: Wait;
  readonly size: AnswerSize;
  /** Its own, or made of the batch's; undefined where that can be none, and whoever answers makes one. */
  readonly requestId: string | undefined;
  /** @param wait what is left of it */
  request(wait: Wait): HttpRequest;
}

export type ErrandRead =
  | { readonly kind: 'errand'; readonly errand: Errand }
  | { readonly kind: 'refused'; readonly problem: Problem };

export const readErrand = (item: BatchItem, batch: BatchAsked, routes: Routes): ErrandRead => {
  const read = readItem(item);
  if (read.kind === 'refused') return read;
  const address = readAddress(read.url, batch, `${item.place}.url`);
  if (address.kind === 'refused') return address;
  if (/^\/api\/(?:v1\.0\/)?\$batch\/?$/i.test(address.path)) return refused(nested(item));
  const found = routes.find(address.path);
  if (!found) return refused(nowhere(item, address.path, routes));
  return { kind: 'errand', errand: errandTo(found, address, ownHeaders(read.headers), item, batch) };
};

const errandTo = (
  { asks, params }: RouteFound,
  { path, query }: { readonly path: string; readonly query: string },
  own: ItemHeaders,
  item: BatchItem,
  batch: BatchAsked,
): Errand => {
  const values = queryValues(query);
  const address = encodePath(path) + query;
  const requestId = itemRequestId(own, batch.caller, item.id);
  return {
    key: JSON.stringify([asks.name, params, query, Object.entries(own).sort()]),
    address,
    asks,
    wait: itemWait(own, batch.caller.wait),
    size: answerSize(asks.route, values),
    requestId,
    request: (wait) => requestInBatch(batch, { address, params, values, own, wait, requestId }),
  };
};

const refused = (problem: Problem): ErrandRead => ({ kind: 'refused', problem });

const nested = ({ place }: BatchItem): Problem => ({
  status: 400,
  code: 'BadRequest',
  message: `${place}.url leads to a batch, and a batch can't hold another. Put its requests here, or send it alone.`,
});

const nowhere = ({ place }: BatchItem, path: string, { addresses }: Routes): Problem => ({
  status: 404,
  code: 'NotFound',
  message: `${place}.url leads to ${path.slice(0, 200)}, where there is nothing to read. There is ${addresses.join(', ')}; what begins with /api/ may be written without it.`,
});
