import type { IncomingMessage } from 'node:http';

export type RequestBody =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'tooLarge' }
  /** The caller went away before all of it was here. */
  | { readonly kind: 'cut' };

/** Bytes (Learn, "Functions service limits"; the host's own default for `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT`). */
export const defaultBodyLimit = 104_857_600;

/**
 * Reads a request's body to its end.
 *
 * @param limit  bytes; what a caller sends beyond it is dropped, so that it can read the answer
 */
export const readBody = async (request: IncomingMessage, limit: number): Promise<RequestBody> => {
  if (Number(request.headers['content-length'] ?? 0) > limit) return refuse(request);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > limit) return refuse(request);
      chunks.push(chunk);
    }
    return { kind: 'read', bytes: Buffer.concat(chunks, size) };
  } catch {
    return { kind: 'cut' };
  }
};

const refuse = (request: IncomingMessage): RequestBody => {
  request.on('error', () => undefined);
  request.resume();
  return { kind: 'tooLarge' };
};
