/**
 * What a run makes of one bucket: what is to be written, batch by batch, and how many machines of which kind then stand there. Where a run was interrupted
 * between two batches, the same is asked again with the bucket as it was left, and comes to the same end.
 */
import { noChanges } from '../run.ts';
import type { SecurityState } from '../securityState.ts';
import { type Bucket, type Chunk, type Head, lastFence } from '../stateStore.ts';
import { batchesOf } from './batches.ts';
import { createCounting } from './counting.ts';
import type { Merged, MergeInput } from './merge.ts';
import { type MergeRules, mergeChunk } from './mergeChunk.ts';
import { type ChunkSizes, type Piece, piecesOf, usualSizes } from './pieces.ts';

/** Ids sort below `lastFence`. One walk over what is kept and what was seen, side by side. */
export const mergeBucket = (input: MergeInput, sizes: ChunkSizes = usualSizes): Merged => {
  const { bucket, seen } = input;
  const head = headOf(input);
  const rules: MergeRules = { ...input, done: head.upTo };
  const counting = createCounting();
  const pieces: Piece[] = [];
  let at = firstAbove(seen, head.upTo, 0);
  for (const chunk of chunksOf(bucket)) {
    const until = chunk.fence === lastFence ? seen.length : firstAbove(seen, chunk.fence, at);
    const merged = mergeChunk(chunk.machines, seen.slice(at, until), rules);
    at = until;
    counting.add(merged.machines);
    if (merged.isDifferent) for (const piece of piecesOf(chunk, merged, sizes)) pieces.push(piece);
  }
  const batches = batchesOf(pieces, head, input.mostEntities);
  const { changes } = batches.at(-1)?.head ?? head;
  return { batches, tally: { ...counting.counted(), stored: seen.length, changes } };
};

/** How far this run has been here before. */
const headOf = ({ run, bucket: { head } }: MergeInput): Head =>
  head?.run === run ? head : { run, upTo: '', changes: noChanges };

/** With a chunk for all that no other has in its range. */
const chunksOf = ({ chunks }: Bucket): readonly Chunk[] =>
  chunks.at(-1)?.fence === lastFence ? chunks : [...chunks, { fence: lastFence, machines: [] }];

const firstAbove = (states: readonly SecurityState[], id: string, from: number): number => {
  for (let at = from; at < states.length; at += 1) {
    const state = states[at];
    if (state && state.id > id) return at;
  }
  return states.length;
};
