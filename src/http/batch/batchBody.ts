/** What came with `POST …/$batch`: JSON of a bounded size, or what is wrong with it. */
import type { HttpRequest } from '@azure/functions';
import type { Problem } from '../problem.ts';

/** Bytes: a KiB for each of the 1,000 requests that a batch may hold. */
export const mostBodyBytes = 1024 * 1024;

export type BatchBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'wrong'; readonly problem: Problem };

/** @param example what a batch looks like where it is taken, for messages */
export const readBody = async (
  request: Pick<HttpRequest, 'headers' | 'arrayBuffer'>,
  example: string,
): Promise<BatchBody> => {
  const type = mediaType(request.headers.get('content-type'));
  if (type !== 'application/json') return wrong(415, 'UnsupportedMediaType', notJson(type, example));
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > mostBodyBytes) return wrong(413, 'RequestBodyTooLarge', tooLarge(bytes.byteLength));
  if (bytes.byteLength === 0) return wrong(400, 'InvalidRequestBody', `The body is empty; a batch is ${example}.`);
  try {
    return { kind: 'json', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (fault) {
    const message = `The body is not JSON in UTF-8 (${Object(fault).message}); a batch is ${example}.`;
    return wrong(400, 'InvalidRequestBody', message);
  }
};

/** Who sends no type is taken at its word. */
const mediaType = (contentType: string | null): string => {
  const [type = ''] = (contentType || 'application/json').split(';');
  return type.trim().toLowerCase();
};

const notJson = (type: string, example: string) =>
  `A batch is taken as JSON only: write it as ${example} and send it with content-type: application/json, not ${type.slice(0, 80)}.`;

const tooLarge = (size: number) =>
  `The body has ${size} bytes; ${mostBodyBytes} are the most. Send the requests in several batches.`;

const wrong = (status: number, code: string, message: string): BatchBody => ({
  kind: 'wrong',
  problem: { status, code, message },
});
