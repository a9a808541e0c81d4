import type { Bodies } from './bodies.ts';

/** Bodies in this process, for tests. */
export interface MemoryBodies extends Bodies {
  /** Of all that is kept. */
  names(): readonly string[];
}

export const memoryBodies = (): MemoryBodies => {
  const texts = new Map<string, string>();
  return {
    names: () => [...texts.keys()],
    async put(name, text) {
      texts.set(name, text);
    },
    async get(name) {
      return texts.get(name);
    },
    async remove(name) {
      texts.delete(name);
    },
  };
};
