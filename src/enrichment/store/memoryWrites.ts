/** What tests may do at each write to memory: throw before it or after it, as a process that is killed there. */
export interface MemoryWrites {
  readonly beforeWrite?: ((what: MemoryWrite) => void) | undefined;
  readonly afterWrite?: ((what: MemoryWrite) => void) | undefined;
}

export type MemoryWrite = 'create' | 'save' | 'saveDelivery' | 'removeDelivery' | 'note' | 'prune';

export const writing = <T>({ beforeWrite, afterWrite }: MemoryWrites, what: MemoryWrite, write: () => T): T => {
  beforeWrite?.(what);
  const written = write();
  afterWrite?.(what);
  return written;
};
