/** Operations in memory, for tests. What is kept is text: nobody who wrote or read it can change it. */
import { type MemoryWrites, writing } from '../../storage/memoryWrites.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { Operation } from '../operation.ts';
import { countOf, type OperationStore, placeOf } from '../operationStore.ts';

export interface MemoryOperationStore extends OperationStore {
  /** All of them, in the order they were made. */
  operations(): readonly Operation[];
}

interface Kept {
  readonly text: string;
  readonly version: string;
}

/** @param writes called with the name of each call that writes */
export const memoryOperationStore = (writes: MemoryWrites = {}): MemoryOperationStore => {
  const kept = new Map<string, Kept>();
  let versions = 0;
  const keep = (operation: Operation): string => {
    versions += 1;
    kept.set(operation.id, { text: JSON.stringify(operation), version: `${versions}` });
    return `${versions}`;
  };
  const operations = (): readonly Operation[] => [...kept.values()].map(operationOf);
  return {
    operations,
    async create(operation) {
      writing(writes, 'create', () => {
        if (kept.has(operation.id)) throw new Overtaken(`Operation ${operation.id} is there already`);
        keep(operation);
      });
    },
    async read(id) {
      const found = kept.get(id);
      return found && { value: operationOf(found), version: found.version };
    },
    save: async (operation, version) =>
      writing(writes, 'save', () => {
        const { id } = operation;
        if (kept.get(id)?.version !== version) throw new Overtaken(`Operation ${id} was written by somebody else`);
        return keep(operation);
      }),
    async remove(id) {
      writing(writes, 'remove', () => kept.delete(id));
    },
    async list(which, before, top) {
      return operations()
        .map((operation) => ({ id: operation.id, ...placeOf(operation) }))
        .filter(({ list, at }) => list === which && at < before)
        .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
        .slice(0, top)
        .map(({ id }) => id);
    },
    async count(top, owner) {
      const waiting = operations().filter(({ state }) => state === 'waiting');
      return countOf(
        waiting.slice(0, top).map(({ caller }) => caller.owner),
        owner,
      );
    },
  };
};

const operationOf = ({ text }: Kept): Operation => JSON.parse(text) as Operation;
