/** What tests may do at each write to memory: throw before it or after it, as a process that is killed there. */
export interface MemoryWrites {
  readonly beforeWrite?: ((what: string) => void) | undefined;
  readonly afterWrite?: ((what: string) => void) | undefined;
}

export const writing = <T>({ beforeWrite, afterWrite }: MemoryWrites, what: string, write: () => T): T => {
  beforeWrite?.(what);
  const written = write();
  afterWrite?.(what);
  return written;
};
