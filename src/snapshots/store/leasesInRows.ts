/** Leases in terms of rows: taken by whoever writes the row on its version. */
import type { Clock } from '../../clock.ts';
import type { Leases } from '../lease.ts';
import { type Holding, holding } from './holding.ts';
import type { LeaseRow, LeaseRows, StoredLease } from './leaseRows.ts';

export interface LeaseOptions {
  /** This process, for people to read. */
  readonly owner: string;
  readonly clock: Clock;
  /** How long a lease holds that is not renewed; it is renewed three times as often. */
  readonly leaseMs: number;
}

/** @param taken told of each lease */
export const leasesInRows = (
  rows: LeaseRows,
  { owner, clock, leaseMs }: LeaseOptions,
  taken: (held: Holding) => void = () => {},
): Leases => ({
  async take(name) {
    const found = await rows.read(name);
    if (found && !isFree(found)) return undefined;
    const row = { epoch: (found?.row.epoch ?? 0) + 1, token: crypto.randomUUID(), owner, isHeld: true, leaseMs };
    const since = clock.monotonic();
    const version = await written(rows, name, row, found?.version);
    if (version === undefined) return undefined;
    const held = holding({ rows, name, row, version, since, clock });
    taken(held);
    return held;
  },
});

const isFree = ({ row, ageMs }: StoredLease): boolean => !row.isHeld || ageMs >= row.leaseMs;

/** Where the answer was lost, the row tells whose it is. */
const written = async (
  rows: LeaseRows,
  name: string,
  row: LeaseRow,
  version: string | undefined,
): Promise<string | undefined> => {
  try {
    return await rows.write(name, row, version);
  } catch {
    const found = await rows.read(name);
    return found?.row.token === row.token ? found.version : undefined;
  }
};
