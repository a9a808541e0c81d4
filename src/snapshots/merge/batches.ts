/**
 * Pieces put together to batches, in the order of their ids. A batch holds the changes of the very machines that it puts, so each leaves the bucket as
 * whole as it was. Where one ends between two pieces of a chunk that is kept, it also cuts that chunk down to what is still to come.
 */

import { type Batch, type Chunk, type Head, lastFence } from '../stateStore.ts';
import { noParts, type Packing, packed } from '../store/changeParts.ts';
import { plusChanges } from './counting.ts';
import type { Piece } from './pieces.ts';
import { weightOf } from './weight.ts';

export type UnversionedBatch = Omit<Batch, 'version'>;

/**
 * @param head what the run did in the bucket before; its `upTo` does not matter
 * @param mostEntities in a batch, 4 or more: the head, a piece, its changes, the chunk that the piece is cut off from
 */
export const batchesOf = (pieces: readonly Piece[], head: Head, mostEntities: number): readonly UnversionedBatch[] => {
  const batches: UnversionedBatch[] = [];
  const loads = loadsOf(pieces, mostEntities);
  for (const [index, load] of loads.entries()) {
    const upTo = index === loads.length - 1 ? lastFence : fenceOf(load);
    batches.push(batchOf(load, batches.at(-1)?.head ?? { ...head, upTo: '' }, upTo));
  }
  return batches;
};

/** A request holds 4 MiB at most ("Performing entity group transactions"); JSON within JSON is longer than its text. */
const mostCharacters = 2 * 1024 * 1024;

const loadsOf = (pieces: readonly Piece[], mostEntities: number): readonly (readonly Piece[])[] => {
  const loads: Piece[][] = [];
  let load: Load = emptyLoad;
  for (const piece of pieces) {
    const fuller = withPiece(load, piece);
    const fits = entitiesOf(fuller, piece) <= mostEntities && fuller.characters <= mostCharacters;
    load = fits ? fuller : withPiece(emptyLoad, piece);
    const last = loads.at(-1);
    if (fits && last) last.push(piece);
    else loads.push([piece]);
  }
  return loads;
};

interface Load {
  readonly pieces: number;
  readonly packing: Packing;
  readonly characters: number;
}

const emptyLoad: Load = { pieces: 0, packing: noParts, characters: 0 };

const withPiece = ({ pieces, packing, characters }: Load, piece: Piece): Load => ({
  pieces: pieces + 1,
  packing: piece.changes.reduce(packed, packing),
  characters: characters + weightOf(piece),
});

/** With the head, and with the rest of the chunk that the last piece is cut off from. */
const entitiesOf = ({ pieces, packing }: Load, { cutFrom }: Piece): number =>
  1 + pieces + packing.parts + (cutFrom ? 1 : 0);

const fenceOf = (load: readonly Piece[]): string => load.at(-1)?.fence ?? lastFence;

const batchOf = (load: readonly Piece[], before: Head, upTo: string): UnversionedBatch => {
  const changes = load.flatMap((piece) => piece.changes);
  const chunks: readonly Chunk[] = [
    ...load.map(({ fence, machines }) => ({ fence, machines })),
    ...restOf(load.at(-1), before.upTo),
  ];
  return {
    head: { run: before.run, upTo, changes: plusChanges(before.changes, changes) },
    put: chunks.filter(({ machines }) => machines.length > 0),
    remove: chunks.filter(({ machines }) => machines.length === 0).map(({ fence }) => fence),
    changes,
  };
};

/** What the kept chunk holds when the pieces up to this one are cut off, as it is kept; none where this batch takes nothing out of it. */
const restOf = (piece: Piece | undefined, done: string): readonly Chunk[] => {
  if (!piece?.cutFrom) return [];
  const { fence, machines } = piece.cutFrom;
  const held = machines.filter(({ state }) => state.id > done);
  const rest = held.filter(({ state }) => state.id > piece.fence);
  return rest.length === held.length ? [] : [{ fence, machines: rest }];
};
