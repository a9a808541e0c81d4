/** What the test and a mortal process say to each other. */
import type { Digest } from './digest.ts';

/** Where a run takes place: all that a process has to know to begin it, or to go on with it. */
export interface Place {
  /** Of the storage account. */
  readonly connection: string;
  /** Of the rows, and the name of the queue: letters and digits. */
  readonly partition: string;
  /** Address of the simulated Defender. */
  readonly upstream: string;
  /** Milliseconds since 1970: when the run begins, however often it is gone on with. */
  readonly now: number;
}

/** The end of the process: at its nth write, before the request is sent or after the service has answered. */
export interface Death {
  readonly write: number;
  readonly when: 'before' | 'after';
}

export interface Work {
  readonly place: Place;
  /** Without, it works to the end. */
  readonly death?: Death | undefined;
}

export interface Finished {
  readonly kind: 'finished';
  /** How often this process turned to the run: once where nobody else was at it. */
  readonly attempts: number;
  /** Of this process, of whatever kind. */
  readonly writes: number;
  /** Of this process, for each bucket that it wrote to. */
  readonly batches: readonly number[];
  readonly digest: Digest;
}

export type Said = Finished | { readonly kind: 'failed'; readonly message: string };
