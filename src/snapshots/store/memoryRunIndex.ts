/** The index of runs in memory. */

import { type MemoryWrites, writing } from '../../storage/memoryWrites.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { Run } from '../run.ts';
import type { RunId } from '../runId.ts';
import type { NoteName, RunIndex } from '../runIndex.ts';
import { keyOfRun } from './runRow.ts';

/** @param writes called with `run`, `note` and `remove` */
export const memoryRunIndex = (writes: MemoryWrites = {}): RunIndex => {
  const runs = new Map<RunId, { readonly text: string; readonly version: string }>();
  const notes = new Map<NoteName, string>();
  let versions = 0;

  const save = (run: Run, version: string | undefined): string => {
    if (runs.get(run.id)?.version !== version) throw new Overtaken(`Run ${run.id} was written by somebody else`);
    versions += 1;
    runs.set(run.id, { text: JSON.stringify(run), version: `${versions}` });
    return `${versions}`;
  };

  return {
    async list({ before, top }) {
      const ids = [...runs.keys()].filter((id) => before === undefined || keyOfRun(id) > keyOfRun(before));
      const newest = ids.sort().reverse().slice(0, top);
      return newest.map((id) => JSON.parse(runs.get(id)?.text ?? '') as Run);
    },
    async read(id) {
      const found = runs.get(id);
      return found && { value: JSON.parse(found.text) as Run, version: found.version };
    },
    async save(run, version) {
      return writing(writes, 'run', () => save(run, version));
    },
    async remove(ids) {
      writing(writes, 'remove', () => {
        for (const id of ids) runs.delete(id);
      });
    },
    async note(name) {
      const found = notes.get(name);
      return found === undefined ? undefined : (JSON.parse(found) as Record<string, string | number>);
    },
    async keepNote(name, value) {
      writing(writes, 'note', () => notes.set(name, JSON.stringify(value)));
    },
  };
};
