import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

const maxBodyBytes = 1_048_576;

/** Sends a value as plain JSON, as the stand-ins' own pages (those of no vendor) are sent. */
export const sendJson = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(value));
};

/**
 * Reads a request's body as JSON; undefined where it is empty.
 *
 * @throws Error whose message is fit for the caller: not JSON, or longer than 1 MiB
 */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBodyBytes) throw new Error('the body is longer than 1 MiB');
    pieces.push(piece);
  }
  if (bytes === 0) return undefined;
  return parsed(Buffer.concat(pieces).toString('utf8'));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`the body is not JSON: ${(cause as Error).message}`, { cause });
  }
};
