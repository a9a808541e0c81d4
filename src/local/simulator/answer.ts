import { randomUUID } from 'node:crypto';

/** What Defender says to one call, before framing and faults. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A 200 in OData's framing, as captured answers have it. */
export const found = (body: string): Answer => ({
  status: 200,
  body,
  headers: {
    'Content-Type': 'application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8',
    'OData-Version': '4.0',
  },
});

/**
 * A refusal in Defender's envelope ("Common REST API error codes").
 *
 * @param target a correlation id unless told
 */
export const refusal = (
  status: number,
  code: string,
  message: string,
  { target = randomUUID(), headers = {} }: { target?: string; headers?: Readonly<Record<string, string>> } = {},
): Answer => ({
  status,
  body: JSON.stringify({ error: { code, message, target } }),
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
});

export const notFound = (message: string): Answer => refusal(404, 'ResourceNotFound', message);

/**
 * Graph's 404 for a call that it does not have, as captured in July 2018 (microsoft-graph-docs issue 2914).
 *
 * @param wall milliseconds since 1970
 */
export const unknownToGraph = (wall: number): Answer => {
  const innerError = { 'request-id': randomUUID(), date: new Date(wall).toISOString().slice(0, 19) };
  return {
    status: 404,
    body: JSON.stringify({
      error: { code: 'ResourceNotFound', message: 'Resource could not be discovered.', innerError },
    }),
    headers: { 'Content-Type': 'application/json' },
  };
};
