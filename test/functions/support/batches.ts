import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import type { CallerIdentity } from '../../../src/callers/identity.ts';
import { batch } from '../../../src/functions/batch.ts';
import type { HttpFunction } from '../../../src/functions/services.ts';
import { withKey } from '../../support/callers.ts';
import { type FakeClock, fakeClock } from '../../support/fakeClock.ts';

/** One answer of a batch, as its document tells it. */
export interface Told {
  readonly id: string;
  readonly atomicityGroup?: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>> & {
    readonly error?: { code: string; message: string; target: string };
  };
}

export interface Sent {
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** Which of the two: `batch`, `batchV1`. */
  readonly name?: string;
  readonly clock?: FakeClock;
  /** Milliseconds that go by while it is answered. */
  readonly advance?: number;
  readonly context?: InvocationContext;
  readonly identity?: CallerIdentity;
}

/** Sends a batch of such requests; those without an id have their place as one. */
export const sendBatch = (functions: readonly HttpFunction[], requests: readonly object[], sent: Sent = {}) =>
  send(functions, { requests: requests.map((one, index) => ({ id: `${index}`, method: 'GET', ...one })) }, sent);

/** Sends any JSON as a batch. */
export const send = async (functions: readonly HttpFunction[], body: unknown, sent: Sent = {}) => {
  const { headers = {}, query = {}, name = 'batch', clock = fakeClock(), advance, context, identity = withKey } = sent;
  const found = batch(functions, { clock }).find((one) => one.name === name);
  if (!found) throw new Error(`no function is named ${name}`);
  const request = new HttpRequest({
    method: 'POST',
    url: `https://gateway.example/${found.route}`,
    headers: { 'content-type': 'application/json', ...headers },
    query,
    body: { string: JSON.stringify(body) },
  });
  const answering = Promise.resolve(
    found.handler(request, context ?? new InvocationContext({ functionName: name }), identity),
  );
  if (advance !== undefined) await clock.advance(advance);
  const { status, headers: told, body: bytes } = ((await answering) ?? {}) as HttpResponseInit;
  const text = Buffer.from(bytes as Uint8Array).toString();
  const document = JSON.parse(text) as {
    responses: readonly Told[];
    error?: { code: string; message: string; target: string };
  };
  return {
    status,
    headers: told as Record<string, string>,
    text,
    responses: document.responses ?? [],
    error: document.error,
  };
};

/** A function that answers GET at a route. */
export const readOf = (
  route: string,
  handler: HttpFunction['handler'],
  more: Partial<HttpFunction> = {},
): HttpFunction => ({
  name: route,
  route,
  methods: ['GET'],
  access: ['Machines.Read'],
  shows: 'machinesInGroups',
  handler,
  ...more,
});

/** Bytes of JSON, as Defender's answers are handed on. */
export const jsonReply = (body: string, status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: new TextEncoder().encode(body),
});
