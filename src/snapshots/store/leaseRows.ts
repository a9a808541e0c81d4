/** The rows of leases: what leases need of Table storage, or of memory. A row stays when its lease is free, so that epochs go on. */

export interface LeaseRow {
  readonly epoch: number;
  /** Of whoever took it: a text that nobody else has. */
  readonly token: string;
  /** The process, for people to read. */
  readonly owner: string;
  readonly isHeld: boolean;
  /** How long it holds without being renewed. */
  readonly leaseMs: number;
}

export interface StoredLease {
  readonly row: LeaseRow;
  readonly version: string;
  /** Milliseconds since it was written, at the least; by the store's clock alone. */
  readonly ageMs: number;
}

export interface LeaseRows {
  read(name: string): Promise<StoredLease | undefined>;
  /**
   * @param version as it was read or written last; undefined where there was none
   * @returns the new version; undefined where somebody else wrote it, and nothing is changed
   * @throws where it is not known whether it was written
   */
  write(name: string, row: LeaseRow, version: string | undefined): Promise<string | undefined>;
}
