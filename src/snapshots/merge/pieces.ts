/** How a merged chunk is put back: as it is, in pieces where it has become too large, or not at all where it holds nothing any more. */
import { type Change, idOf } from '../change.ts';
import type { KeptState } from '../keptState.ts';
import type { Chunk } from '../stateStore.ts';
import type { MergedChunk } from './mergeChunk.ts';

/** The least that is written in one go: a chunk, and what the run changed in its range. */
export interface Piece {
  readonly fence: string;
  /** None: there is such a chunk, and it is to be removed. */
  readonly machines: readonly KeptState[];
  readonly changes: readonly Change[];
  /** The kept chunk that it is cut off from; undefined for the last piece, which takes that one's place, and where none was kept. */
  readonly cutFrom?: Chunk | undefined;
}

export interface ChunkSizes {
  /** Machines in a chunk; with one more it is cut up. */
  readonly most: number;
  /** Machines in each of the pieces but the last. */
  readonly piece: number;
}

/** Sixteen machines are some 4 KB: a property of an entity holds 32 K characters (Understanding the Table service data model). */
export const usualSizes: ChunkSizes = { most: 32, piece: 16 };

/** In the order of their fences. The last has the fence of the chunk, the others that of their last machine. */
export const piecesOf = (chunk: Chunk, { machines, changes }: MergedChunk, sizes: ChunkSizes): readonly Piece[] => {
  if (machines.length <= sizes.most) return [{ fence: chunk.fence, machines, changes }];
  const pieces: Piece[] = [];
  const cuts = chunk.machines.length > 0;
  let told = 0;
  for (let from = 0; from < machines.length; from += sizes.piece) {
    const some = machines.slice(from, from + sizes.piece);
    const isLast = from + sizes.piece >= machines.length;
    const fence = isLast ? chunk.fence : (some.at(-1)?.state.id ?? chunk.fence);
    const until = isLast ? changes.length : firstAbove(changes, fence, told);
    pieces.push({
      fence,
      machines: some,
      changes: changes.slice(told, until),
      ...(cuts && !isLast && { cutFrom: chunk }),
    });
    told = until;
  }
  return pieces;
};

const firstAbove = (changes: readonly Change[], id: string, from: number): number => {
  for (let at = from; at < changes.length; at += 1) {
    const change = changes[at];
    if (change && idOf(change) > id) return at;
  }
  return changes.length;
};
