import { rowAt, type Sliced, sliceRows } from '../../odata/collection.ts';
import { type Link, linkIn } from '../sources/paging/links.ts';

/** A collection whose rows are parsed one after the other: those of a page of 10,000 never stand in memory together. */
export interface Collection {
  readonly sliced: Sliced;
  /** Going through them throws where one is no JSON. */
  readonly rows: Iterable<unknown>;
  /** To the next page. */
  readonly link: Link;
}

/** @throws where the body is no collection */
export const readCollection = (body: Uint8Array): Collection => {
  const sliced = sliceRows(body);
  if (!sliced) throw new Error('the body is no list');
  return { sliced, rows: parsed(body, sliced), link: linkIn(body, sliced) };
};

function* parsed(body: Uint8Array, sliced: Sliced): Iterable<unknown> {
  for (let i = 0; i < sliced.starts.length; i++) yield JSON.parse(decoder.decode(rowAt(body, sliced, i)));
}

const decoder = new TextDecoder();
