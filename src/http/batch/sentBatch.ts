import type { HttpRequest } from '@azure/functions';
import { readBody } from './batchBody.ts';
import { type BatchRead, readBatch } from './batchRequest.ts';

/** The batch that came with a request. @param example what a batch looks like where it is taken, for messages */
export const readSentBatch = async (
  request: Pick<HttpRequest, 'headers' | 'arrayBuffer'>,
  example: string,
): Promise<BatchRead> => {
  const body = await readBody(request, example);
  return body.kind === 'wrong' ? body : readBatch(body.value, example);
};
