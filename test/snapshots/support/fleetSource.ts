import { bucketOf } from '../../../src/snapshots/buckets.ts';
import type { ListCursor, ListName } from '../../../src/snapshots/run.ts';
import type { SecurityState, SourceName } from '../../../src/snapshots/securityState.ts';
import type { ComposeOptions, PageAnswer, Source, Sources, StagedLists } from '../../../src/snapshots/source.ts';

/** Sources that a test fills and breaks. */
export interface FleetSources extends Sources {
  /** What is there now. */
  fleet: readonly SecurityState[];
  /** Told instead of the next pages, first to last; `undefined` for a page as it is. */
  readonly answers: (Exclude<PageAnswer, { kind: 'page' }> | { readonly kind: 'slip' } | undefined)[];
  /** How many machines there are, as the next pages say; nothing of it where this is empty. */
  readonly announced: number[];
  /** The preview is not served. */
  isGone: boolean;
  /** Pages that were asked for. */
  asked: number;
}

/** A source of one list in pages of `pageSize`, a line of JSON for each machine. */
export const fleetSources = (pageSize: number, first: SourceName = 'composed'): FleetSources => {
  let chosen = first;
  const listOf = (name: SourceName): ListName => (name === 'preview' ? 'states' : 'machines');

  const page = (name: SourceName, cursor: ListCursor | undefined, buckets: number): PageAnswer => {
    const told = sources.answers.shift();
    if (name === 'preview' && sources.isGone) return { kind: 'notServed', status: 404, reason: 'gone' };
    if (told && told.kind !== 'slip') return told;
    const from = Number(cursor?.skip ?? 0);
    const rows = sources.fleet.slice(from, from + pageSize);
    const lines = Array.from({ length: buckets }, (_, bucket) =>
      rows
        .filter(({ id }) => bucketOf(id, buckets) === bucket)
        .map((state) => JSON.stringify(state))
        .join('\n'),
    );
    const isLast = from + pageSize >= sources.fleet.length;
    return {
      kind: 'page',
      rows: lines,
      received: rows.length,
      announced: sources.announced.shift(),
      hasSlipped: told?.kind === 'slip',
      next: isLast ? undefined : { skip: from + pageSize },
    };
  };

  const named = (name: SourceName): Source => ({
    name,
    lists: [listOf(name)],
    async page(_list, cursor, { buckets, onSent }) {
      sources.asked += 1;
      onSent();
      return page(name, cursor, buckets);
    },
    compose: (staged: StagedLists, _options: ComposeOptions) => {
      const rows = (staged[listOf(name)] ?? []).flatMap((text) =>
        text.split('\n').map((line): SecurityState => JSON.parse(line)),
      );
      const states = new Map(rows.map((state) => [state.id, state]));
      const sorted = [...states.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      return { states: sorted, duplicates: rows.length - sorted.length, leftOut: 0 };
    },
  });

  const sources: FleetSources = {
    fleet: [],
    answers: [],
    announced: [],
    isGone: false,
    asked: 0,
    choose: async () => named(chosen),
    named,
    instead: async () => {
      chosen = 'composed';
      return named(chosen);
    },
  };
  return sources;
};
