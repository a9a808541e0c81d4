/** All that a run leaves behind, in a form that can be compared: not what it cost, nor how often it was begun. */
import type { Change } from '../../../../src/snapshots/change.ts';
import type { KeptState } from '../../../../src/snapshots/keptState.ts';
import type { Run } from '../../../../src/snapshots/run.ts';
import type { RunId } from '../../../../src/snapshots/runId.ts';
import type { RunIndex } from '../../../../src/snapshots/runIndex.ts';
import type { Head, StateStore } from '../../../../src/snapshots/stateStore.ts';

export interface Digest {
  readonly run: Omit<Run, 'cost' | 'lists'> & { readonly lists: readonly ListDigest[] };
  readonly heads: readonly (Head | undefined)[];
  /** By bucket, in the order of their ids. */
  readonly kept: readonly (readonly KeptState[])[];
  readonly changes: readonly { readonly run: RunId; readonly changes: readonly Change[] }[];
  /** The ids of the events in the queue, each once. */
  readonly events: readonly string[];
}

interface ListDigest {
  readonly name: string;
  readonly isDone: boolean;
  readonly pages: number;
  readonly received: number;
  readonly staged: readonly number[];
  readonly announced?: number | undefined;
  readonly slips: number;
}

interface Left {
  readonly index: RunIndex;
  readonly states: StateStore;
  readonly buckets: number;
  /** All messages that are in the queue. */
  readonly messages: () => Promise<readonly string[]>;
}

export const digestOf = async ({ index, states, buckets, messages }: Left, run: RunId): Promise<Digest> => {
  const found = await index.read(run);
  if (!found) throw new Error(`there is no run ${run}`);
  const { cost: _, lists, ...row } = found.value;
  const read = await states.read(0, buckets);
  const changes = await Promise.all(read.map(({ bucket }) => states.changes(bucket, {})));
  return {
    run: { ...row, lists: listsOf(lists) },
    heads: read.map(({ head }) => head),
    kept: read.map(({ chunks }) =>
      sortedBy(
        ({ state }) => state.id,
        chunks.flatMap(({ machines }) => machines),
      ),
    ),
    changes: changes.flat().map(({ run: id, changes: some }) => ({ run: id, changes: sortedBy(idOf, some) })),
    events: [...new Set((await messages()).flatMap(eventIds))].sort(),
  };
};

const listsOf = (lists: Run['lists']): readonly ListDigest[] =>
  Object.entries(lists).map(([name, { cursor: _, pages, ...list }]) => ({ name, ...list, pages: pages.length }));

const idOf = ({ before, after }: Change): string => (after ?? before)?.state.id ?? '';

const sortedBy = <T>(keyOf: (one: T) => string, some: readonly T[]): readonly T[] =>
  [...some].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const eventIds = (message: string): readonly string[] => {
  const said: unknown = JSON.parse(Buffer.from(message, 'base64').toString());
  return [said].flat().map((event) => String(Object(event).id));
};
