/** What came with `POST /gateway/machines/resolve`: the same list as of any batch, its members as of any query. */
import type { HttpRequest } from '@azure/functions';
import { readBody } from '../../http/batch/batchBody.ts';
import { type BatchItem, type BatchRead, readBatch } from '../../http/batch/batchRequest.ts';
import { readResolveQuestion } from '../../machines/resolver/readQuestion.ts';

export const readRequests = async (request: HttpRequest): Promise<BatchRead> => {
  const body = await readBody(request);
  const read = body.kind === 'wrong' ? body : readBatch(body.value);
  return read.kind === 'wrong'
    ? { ...read, problem: { ...read.problem, message: ownExample(read.problem.message) } }
    : read;
};

/** A member that is null is not there: who writes JSON with a program can't always leave one out. */
export const readRequest = ({ place, members }: BatchItem): ReturnType<typeof readResolveQuestion> =>
  readResolveQuestion(
    Object.entries(members).filter(([name, value]) => name !== 'id' && value !== null),
    `${place}.`,
  );

/** The readers of batches show what one of theirs looks like. */
const ownExample = (message: string): string =>
  message.replace(/\{"requests":.*?\]\}/, '{"requests":[{"id":"1","hostName":"srv02.contoso.com"}]}');
