/**
 * What is kept as rows. In the partition of a bucket stand, in this order: the head; the chunks by their fences; the changes by run and
 * first machine. So head and chunks are one range, whatever number of changes there is.
 */

import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import type { Chunk, Head } from '../stateStore.ts';
import { fenceKey, fenceOfKey } from './fenceKeys.ts';
import { decodeKept, encodeKept, type KeptTuple } from './keptTuple.ts';

export interface StateRow {
  readonly rowKey: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export const headKey = 'a';
const chunkPrefix = 'c';
export const changePrefix = 'x';
/** Keys from, and keys below. */
export const headAndChunks = { lowest: headKey, below: changePrefix } as const;

export const chunksFrom = (id: string) => ({ lowest: chunkKey(id), below: changePrefix });

export const chunkKey = (fence: string): string => chunkPrefix + fenceKey(fence);

/** Raised where older code could not read what is written. */
const format = 1;

export const rowOfHead = ({ run, upTo, changes }: Head): StateRow => ({
  rowKey: headKey,
  properties: { format, run, upTo, changes: JSON.stringify(changes) },
});

/** @throws where a newer gateway wrote it */
export const headOfRow = ({ properties }: StateRow): Head => {
  if (properties.format !== format) {
    throw new Error(`A head in the table of states has the format ${properties.format}; this gateway reads ${format}`);
  }
  const { run, upTo, changes } = properties;
  return { run: String(run), upTo: String(upTo), changes: JSON.parse(String(changes)) as Head['changes'] };
};

export const rowOfChunk = ({ fence, machines }: Chunk): StateRow => ({
  rowKey: chunkKey(fence),
  properties: propertiesOfText(JSON.stringify(machines.map(encodeKept))),
});

export const chunkOfRow = ({ rowKey, properties }: StateRow): Chunk => ({
  fence: fenceOfKey(rowKey.slice(chunkPrefix.length)),
  machines: (JSON.parse(textOfProperties(properties)) as readonly KeptTuple[]).map(decodeKept),
});
