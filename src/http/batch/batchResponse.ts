/** The answer to a batch ("OData JSON Format Version 4.01", 19.5), put together from bodies that are JSON already. */
import { joined } from '../../odata/collection/splice.ts';

export interface ItemResponse {
  readonly id: string;
  /** As the request had it: the standard wants it back. */
  readonly atomicityGroup?: string | undefined;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; undefined where there is none. */
  readonly body?: Uint8Array | undefined;
}

/** In the order of `responses`; each body is copied once. */
export const printBatch = (responses: readonly ItemResponse[]): Uint8Array => {
  const encoder = new TextEncoder();
  const pieces = responses.flatMap(({ body, ...head }, index) => {
    const opening = `${index === 0 ? '{"responses":[' : ','}${printHead(head)}`;
    return body === undefined ? [encoder.encode(`${opening}}`)] : [encoder.encode(`${opening},"body":`), body, brace];
  });
  return joined([...pieces, encoder.encode(responses.length === 0 ? '{"responses":[]}' : ']}')]);
};

const brace = new TextEncoder().encode('}');

/** The object without its body and without its end. */
const printHead = ({ id, atomicityGroup, status, headers }: Omit<ItemResponse, 'body'>): string =>
  JSON.stringify({ id, ...(atomicityGroup === undefined ? {} : { atomicityGroup }), status, headers }).slice(0, -1);
