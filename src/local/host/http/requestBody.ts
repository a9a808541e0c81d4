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
export const readBody = (request: IncomingMessage, limit: number): Promise<RequestBody> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = Number(request.headers['content-length'] ?? 0) > limit ? Number.POSITIVE_INFINITY : 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return chunks.push(chunk);
      chunks.length = 0;
      return resolve({ kind: 'tooLarge' });
    };
    take(Buffer.alloc(0));
    request.on('data', take);
    request.on('end', () => resolve({ kind: 'read', bytes: Buffer.concat(chunks) }));
    request.on('error', () => resolve({ kind: 'cut' }));
    request.on('close', () => resolve({ kind: 'cut' }));
  });
