/** What came with `POST /gateway/machines/resolve`: the same list as of any batch, its members as of any query. */
import type { HttpRequest } from '@azure/functions';
import type { BatchItem, BatchRead } from '../../http/batch/batchRequest.ts';
import { readSentBatch } from '../../http/batch/sentBatch.ts';
import { readResolveQuestion } from '../../machines/resolver/readQuestion.ts';

export const readRequests = (request: HttpRequest): Promise<BatchRead> =>
  readSentBatch(request, '{"requests":[{"id":"1","hostName":"srv02.contoso.com"}]}');

/** A member that is null is not there: who writes JSON with a program can't always leave one out. */
export const readRequest = ({ place, members }: BatchItem): ReturnType<typeof readResolveQuestion> =>
  readResolveQuestion(
    Object.entries(members).filter(([name, value]) => name !== 'id' && value !== null),
    `${place}.`,
  );
