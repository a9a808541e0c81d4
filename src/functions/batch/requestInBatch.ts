import { HttpRequest } from '@azure/functions';
import type { ItemHeaders } from '../../http/batch/itemRequest.ts';
import { preferWith, withOwn } from '../../http/batch/passedHeaders.ts';
import type { Wait } from '../../http/wait.ts';
import type { BatchAsked } from './errand.ts';

/** What one request says for itself. */
export interface InBatch {
  /** Path and query, encoded. */
  readonly address: string;
  readonly params: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly own: ItemHeaders;
  readonly wait: Wait;
  readonly requestId: string | undefined;
}

/** A request as the host would have handed it over, had it come alone from whoever sent the batch. */
export const requestInBatch = (batch: Pick<BatchAsked, 'origin' | 'inherited'>, asked: InBatch): HttpRequest =>
  new HttpRequest({
    method: 'GET',
    url: batch.origin + asked.address,
    headers: headersOf(batch.inherited, asked),
    query: queryOf(asked.values),
    params: { ...asked.params },
  });

const headersOf = (inherited: ItemHeaders, { own, wait, requestId }: InBatch): Record<string, string> => {
  const prefer = preferWith(wait, own.prefer);
  return {
    ...withOwn(inherited, own),
    ...(prefer === undefined ? {} : { prefer }),
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
  };
};

/** A key may stand in the query; who asks is who sent the batch. */
const queryOf = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name.toLowerCase() !== 'code'));
