/**
 * An OData JSON batch, read as far as it concerns the whole: a list of requests, each with an id of its own ("OData JSON Format
 * Version 4.01", 19.1). What is wrong with one request alone spoils nothing for the others (`itemRequest.ts`).
 */
import type { Problem } from '../problem.ts';

/** More would be longer under way than a caller can wait: merged into calls of 30, these are 34 of the 100 of a minute. */
export const mostRequests = 1000;

export interface BatchItem {
  /** Where it stands, for messages: `requests[3]`. */
  readonly place: string;
  readonly id: string;
  /** What it says, as it was written. */
  readonly members: Members;
}

export type Members = Readonly<Record<string, unknown>>;

export type BatchRead =
  | { readonly kind: 'batch'; readonly items: readonly BatchItem[] }
  | { readonly kind: 'wrong'; readonly problem: Problem };

/**
 * @param value what the body's JSON says
 * @param example what a batch looks like where it is taken, for messages
 */
export const readBatch = (value: unknown, example: string): BatchRead => {
  const read = readItems(value);
  if (read.kind === 'batch') return read;
  const message = `${read.fault}. A batch is ${example}, 1 to ${mostRequests} of them.`;
  return { kind: 'wrong', problem: { status: 400, code: read.code, message } };
};

type ItemsRead = Extract<BatchRead, { kind: 'batch' }> | Fault;

interface Fault {
  readonly kind: 'fault';
  readonly fault: string;
  readonly code: string;
}

const readItems = (value: unknown): ItemsRead => {
  const requests = isObject(value) ? value.requests : undefined;
  if (!Array.isArray(requests)) return wrong('The body has no array named requests');
  if (requests.length === 0) return wrong('requests is empty');
  if (requests.length > mostRequests) return tooMany(requests.length);
  const items: BatchItem[] = [];
  const places = new Map<string, string>();
  for (const [index, members] of requests.entries()) {
    const place = `requests[${index}]`;
    if (!isObject(members)) return wrong(`${place} is no object`);
    const { id } = members;
    if (typeof id !== 'string' || id === '') return wrong(`${place}.id ${idFault(id)}`);
    const first = places.get(id);
    if (first !== undefined) return wrong(`${place}.id is ${shown(id)}, as that of ${first} is; give each its own`);
    places.set(id, place);
    items.push({ place, id, members });
  }
  return { kind: 'batch', items };
};

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const idFault = (id: unknown): string => {
  if (typeof id === 'number') return `is a number; write it as text: "${id}"`;
  return id === undefined ? 'is missing; an answer could not be told from the others' : 'is no text, or empty';
};

const shown = (id: string): string => JSON.stringify(id.length > 60 ? `${id.slice(0, 57)}...` : id);

const wrong = (fault: string, code = 'InvalidRequestBody'): Fault => ({ kind: 'fault', fault, code });

/** Defender's word for the same ("Common REST API error codes"). */
const tooMany = (count: number): Fault =>
  wrong(`requests holds ${count}; ${mostRequests} are the most, so send several batches`, 'MaximumBatchSizeExceeded');
