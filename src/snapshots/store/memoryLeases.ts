/** Leases in memory, by the clock given. */
import type { Clock } from '../../clock.ts';
import type { Leases } from '../lease.ts';
import type { Holding } from './holding.ts';
import type { LeaseRow, LeaseRows } from './leaseRows.ts';
import { leasesInRows } from './leasesInRows.ts';

export interface MemoryLeases extends Leases {
  /** No lease that was taken is renewed any more, as when their process is killed. */
  abandon(): void;
}

export interface MemoryLeaseOptions {
  readonly clock: Clock;
  readonly leaseMs: number;
  /** Of this process; others may share the rows. */
  readonly owner?: string;
  readonly rows?: LeaseRows;
}

export const memoryLeases = (options: MemoryLeaseOptions): MemoryLeases => {
  const { clock, leaseMs, owner = 'memory', rows = memoryLeaseRows(clock) } = options;
  const held = new Set<Holding>();
  const leases = leasesInRows(rows, { owner, clock, leaseMs }, (lease) => held.add(lease));
  return {
    ...leases,
    abandon() {
      for (const lease of held) lease.abandon();
      held.clear();
    },
  };
};

/** @param clock of the store */
export const memoryLeaseRows = (clock: Pick<Clock, 'monotonic'>): LeaseRows => {
  const stored = new Map<string, { readonly row: LeaseRow; readonly version: string; readonly at: number }>();
  let versions = 0;
  return {
    async read(name) {
      const found = stored.get(name);
      return found && { row: found.row, version: found.version, ageMs: clock.monotonic() - found.at };
    },
    async write(name, row, version) {
      if (stored.get(name)?.version !== version) return undefined;
      versions += 1;
      stored.set(name, { row: { ...row }, version: `${versions}`, at: clock.monotonic() });
      return `${versions}`;
    },
  };
};
