import { textAt } from '../../odata/collection/members.ts';
import { rowAt, type Sliced, sliceRows } from '../../odata/collection.ts';

/** A collection whose rows are parsed one after the other: those of a page of 10,000 never stand in memory together. */
export interface Collection {
  readonly sliced: Sliced;
  /** Going through them throws where one is no JSON. */
  readonly rows: Iterable<unknown>;
  /** The `$skiptoken` of its link to the next page. */
  readonly skipToken: string | undefined;
  readonly hasLink: boolean;
}

/** @throws where the body is no collection */
export const readCollection = (body: Uint8Array): Collection => {
  const sliced = sliceRows(body);
  if (!sliced) throw new Error('the body is no list');
  const link = linkOf(body, sliced);
  const [, query] = /\?([^#]*)/.exec(link ?? '') ?? [];
  const skipToken = new URLSearchParams(query).get('$skiptoken') ?? undefined;
  return { sliced, rows: parsed(body, sliced), skipToken, hasLink: link !== undefined };
};

function* parsed(body: Uint8Array, sliced: Sliced): Iterable<unknown> {
  for (let i = 0; i < sliced.starts.length; i++) yield JSON.parse(decoder.decode(rowAt(body, sliced, i)));
}

const linkOf = (body: Uint8Array, { members }: Sliced): string | undefined => {
  const member = members.findLast(({ name }) => name === '@odata.nextLink');
  return member && textAt(body, member.valueStart, member.end);
};

const decoder = new TextDecoder();
