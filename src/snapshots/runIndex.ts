/** The index of runs, and what belongs to none. The port: `tableRunIndex` in Table storage, `memoryRunIndex` for tests. */
import type { Run } from './run.ts';
import type { RunId } from './runId.ts';

export interface RunIndex {
  /** Newest first. @param before only runs older than this one @param top at most, 1 to 1,000 */
  list(options: { readonly before?: RunId | undefined; readonly top: number }): Promise<readonly Run[]>;
  read(id: RunId): Promise<Versioned<Run> | undefined>;
  /**
   * @param version as it was read or written last; undefined for a run that is new
   * @returns the new version
   * @throws Overtaken when somebody else wrote it meanwhile, or there is one already
   */
  save(run: Run, version: string | undefined): Promise<string>;
  remove(ids: readonly RunId[]): Promise<void>;
  /** A small fact of its own, such as the source that was chosen; JSON. */
  note(name: NoteName): Promise<Readonly<Record<string, string | number>> | undefined>;
  keepNote(name: NoteName, value: Readonly<Record<string, string | number>>): Promise<void>;
}

/**
 * `source`: until when the preview is not asked. `floor`: the oldest run that can be asked for. `overdue`: ticks of the schedule that met another process at
 * work on a run.
 */
export type NoteName = 'source' | 'floor' | 'overdue';

export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}
