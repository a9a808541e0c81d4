/**
 * Who may work on something, across all processes. By the storage service's clock alone, so that no process's own can shorten it. The port:
 * `tableLeases` in Table storage, `memoryLeases` for tests.
 */
export interface Leases {
  /**
   * Takes the lease where it is free, or was not renewed for its time.
   *
   * @returns undefined where somebody holds it
   */
  take(name: 'run' | 'prune'): Promise<HeldLease | undefined>;
}

export interface HeldLease {
  /** Counts who had it before; never given twice. */
  readonly epoch: number;
  /** Whether it surely is still held: false from when it was not renewed in time, or somebody else took it. */
  isHeld(): boolean;
  /** It is renewed by itself until then. */
  release(): Promise<void>;
}
