/**
 * Bodies as they go over the wire. Those of big answers are kept: a page of 10,000 machines has 13 MB, to compress it
 * takes a tenth of a second, and whoever measures the gateway asks for it again and again.
 */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { lastFew } from './lastFew.ts';

export interface Bodies {
  plain(text: string): Buffer;
  deflated(text: string): Promise<Buffer>;
}

/** Characters from which a body is kept. */
export const bigBody = 1_000_000;
/** Big bodies that are kept. */
export const mostBig = 3;

const compress = promisify(deflate);

export const createBodies = (): Bodies => {
  const plain = lastFew<string, Buffer>(mostBig);
  const deflated = lastFew<string, Promise<Buffer>>(mostBig);
  const compressed = (text: string) => compress(text, { level: 1 });
  return {
    plain: (text) =>
      text.length < bigBody ? Buffer.from(text) : (plain.of(text) ?? plain.keep(text, Buffer.from(text))),
    deflated: (text) =>
      text.length < bigBody ? compressed(text) : (deflated.of(text) ?? deflated.keep(text, compressed(text))),
  };
};
