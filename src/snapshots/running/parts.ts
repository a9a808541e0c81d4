/** What a run works with; put together in `src/gateway.ts`. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Leases } from '../lease.ts';
import type { ChunkSizes } from '../merge/pieces.ts';
import type { RunIndex } from '../runIndex.ts';
import type { Sources } from '../source.ts';
import type { Staging } from '../staging.ts';
import type { StateStore } from '../stateStore.ts';
import type { Tally } from '../store/tally.ts';
import type { Teller } from '../telling/teller.ts';

export interface RunParts {
  readonly index: RunIndex;
  readonly leases: Leases;
  readonly staging: Staging;
  readonly states: StateStore;
  readonly sources: Sources;
  readonly teller: Teller;
  /** Of the transactions of all these stores. */
  readonly tally: Tally;
  readonly clock: Clock;
  readonly log: Log;
  /** A power of two; the same as long as there is a store. */
  readonly buckets: number;
  /** Milliseconds that a run works in one invocation. */
  readonly sliceMs: number;
  /** Entities in a transaction, at most 100 ("Performing entity group transactions"). */
  readonly mostEntities: number;
  /** Machines in a chunk; the usual ones unless told. */
  readonly chunkSizes?: ChunkSizes;
  /** Milliseconds after which it is written how far a merge is; what was merged since is merged again after a crash, which finds nothing to write. */
  readonly saveAfterMs?: number;
}

/** The time that an invocation has. */
export interface Slice {
  /** Milliseconds; never less than 0. */
  leftMs(): number;
}

/** How a phase ended: through, or stopped for now. */
export type PhaseEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'paused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export const done: PhaseEnd = { kind: 'done' };
export const outOfTime: PhaseEnd = { kind: 'paused', reason: 'the time of this invocation is over' };
