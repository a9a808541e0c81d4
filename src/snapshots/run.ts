/** A run: one look at the whole fleet. Its row in the index tells how far it is, what it found and what it cost. */
import type { ChangeKind } from './change.ts';
import type { RunId } from './runId.ts';
import type { SourceName } from './securityState.ts';

/** The lists that a source reads: `states` of the preview; `machines` and `antivirus` where they are composed. */
export type ListName = 'states' | 'machines' | 'antivirus';

export interface Run {
  readonly id: RunId;
  /** Instants as text, in UTC. */
  readonly startedAt: string;
  readonly finishedAt?: string | undefined;
  readonly source: SourceName;
  /**
   * - `collecting`: pages go from upstream into the staging table
   * - `merging`: what was staged is compared with what is kept, bucket by bucket
   * - `telling`: what changed is sent to the queue
   */
  readonly phase: 'collecting' | 'merging' | 'telling' | 'finished';
  /**
   * Only of a run that is finished. `incomplete`: what was received is stored, but something may be missing, and no machine counts as
   * missed. `failed`: nothing of it is stored.
   */
  readonly outcome?: 'complete' | 'incomplete' | 'failed' | undefined;
  /** Why it is incomplete or failed, or what it waits for. */
  readonly reason?: string | undefined;
  /** Why something may be missing of what is received: such a run ends incomplete. */
  readonly doubt?: string | undefined;
  /** Since when the queue does not take what changed, as an instant. */
  readonly untoldSince?: string | undefined;
  /** Why it was given up to tell what changed. */
  readonly untold?: string | undefined;
  /** The last run before it whose states are stored; undefined for the first. */
  readonly previous?: RunId | undefined;
  /** Whether the previous run had another source: then much is different that did not change. */
  readonly sourceChanged: boolean;
  readonly lists: Readonly<Partial<Record<ListName, ListProgress>>>;
  /** Buckets that are merged, from the first on. */
  readonly merged: number;
  /** Buckets whose changes are told. */
  readonly told: number;
  readonly counts: RunCounts;
  readonly cost: RunCost;
  /** Ticks of the schedule that came while this run was under way. */
  readonly overdue: number;
}

export interface ListProgress {
  /** Where the next page begins; undefined at the start, and behind the last page. */
  readonly cursor?: ListCursor | undefined;
  readonly isDone: boolean;
  /** For each page that is staged, the lease under which it was written. */
  readonly pages: readonly number[];
  /** Rows that came, those that came again because pages overlap not counted. */
  readonly received: number;
  /** Lines that are staged for each bucket, by its number. */
  readonly staged: readonly number[];
  /** The most that the upstream said that there are, where it did. */
  readonly announced?: number | undefined;
  /** How often the list moved so far between two pages that rows may be missing. */
  readonly slips: number;
}

/** The source's own; JSON. */
export type ListCursor = Readonly<Record<string, string | number | readonly number[] | undefined>>;

export interface RunCounts {
  /** Machines that the run saw, each once. Reconciled: `received` less `duplicates` is `stored`. */
  readonly stored: number;
  /** Machines, not rows of antivirus. */
  readonly received: number;
  readonly duplicates: number;
  /** Machines that are kept, those that were missed once too. */
  readonly machines: number;
  /** Of these, missed by this run or an earlier one. */
  readonly missed: number;
  readonly changes: Readonly<Record<ChangeKind, number>>;
  /** Machines that require attention. */
  readonly requireAttention: number;
  /** How many machines each property requires attention of. */
  readonly attention: Readonly<Record<string, number>>;
}

export interface RunCost {
  /** Calls to Defender, those that failed too. */
  readonly calls: number;
  readonly tableTransactions: number;
  readonly stagingTransactions: number;
  readonly messages: number;
  /** Seconds of work in all its slices. */
  readonly seconds: number;
  readonly phaseSeconds: Readonly<Record<'collecting' | 'merging' | 'telling', number>>;
  readonly slices: number;
}

export const noChanges: Readonly<Record<ChangeKind, number>> = {
  appeared: 0,
  vanished: 0,
  newlyRequiresAttention: 0,
  resolved: 0,
  changed: 0,
};

export const noCost: RunCost = {
  calls: 0,
  tableTransactions: 0,
  stagingTransactions: 0,
  messages: 0,
  seconds: 0,
  phaseSeconds: { collecting: 0, merging: 0, telling: 0 },
  slices: 0,
};

export const noCounts: RunCounts = {
  stored: 0,
  received: 0,
  duplicates: 0,
  machines: 0,
  missed: 0,
  changes: noChanges,
  requireAttention: 0,
  attention: {},
};

/** Whether its states are stored: what can be read, and compared with. */
export const isStored = ({ outcome }: Run): boolean => outcome === 'complete' || outcome === 'incomplete';
