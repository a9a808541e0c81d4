/** Which part of the alerts is looked through for old ones: one every few minutes, however often there is a sweep. */
import type { Clock } from '../../clock.ts';
import type { AlertStore } from '../alertStore.ts';

export interface PruningOptions {
  readonly store: Pick<AlertStore, 'prune' | 'parts' | 'note' | 'keepNote'>;
  /** Milliseconds that alerts are kept after they ended. */
  readonly retentionMs: number;
  readonly clock: Pick<Clock, 'wall'>;
}

interface Pruned {
  readonly part: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Where there is a sweep a minute, it is every third, and all sixteen parts have their turn within an hour. */
const pruneEveryMs = 150_000;
const noteName = 'pruned';

/**
 * The next part, if it is time. It is noted first: one that can't be pruned does not keep the others from it. Two that do it at once remove
 * what is old once, and no more.
 *
 * @returns how many alerts were removed
 */
export const pruneNext = async ({ store, retentionMs, clock }: PruningOptions): Promise<number> => {
  const now = clock.wall();
  const last = readPruned(await store.note(noteName));
  if (last && now >= last.at && now - last.at < pruneEveryMs) return 0;
  const part = last ? (last.part + 1) % store.parts : 0;
  await store.keepNote(noteName, JSON.stringify({ part, at: now } satisfies Pruned));
  return store.prune(part, now - retentionMs);
};

/** Undefined where it is no such note: then it begins with the first. */
const readPruned = (text = ''): Pruned | undefined => {
  const [part, at] = (/^\{"part":(\d{1,4}),"at":(\d{1,16})\}$/.exec(text) ?? []).slice(1).map(Number);
  return part === undefined || at === undefined ? undefined : { part, at };
};
