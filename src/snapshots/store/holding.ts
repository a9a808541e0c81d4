/**
 * A lease while it is held: renewed by a loop that keeps no process alive. Whether it is held, this process's monotonic clock says,
 * counted from before the last renewal was sent: the store's own count began later.
 */
import type { Clock } from '../../clock.ts';
import type { HeldLease } from '../lease.ts';
import type { LeaseRow, LeaseRows } from './leaseRows.ts';

export interface Holding extends HeldLease {
  /** Renews it no more, as a process that was killed. */
  abandon(): void;
}

export interface Taken {
  readonly rows: LeaseRows;
  readonly name: string;
  readonly row: LeaseRow;
  readonly version: string;
  /** On the monotonic clock: before it was taken. */
  readonly since: number;
  readonly clock: Clock;
}

/** Shares of the lease's time. */
const renewAfter = 1 / 3;
const retryAfter = 1 / 10;
/** Clocks of different servers of the store may differ by less than this. */
const margin = 1 / 10;
const mostTries = 3;

export const holding = (taken: Taken): Holding => {
  const { row, clock } = taken;
  const { leaseMs } = row;
  const ended = new AbortController();
  let { version, since } = taken;
  let isLost = false;

  const isHeld = (): boolean => {
    isLost ||= clock.monotonic() - since >= leaseMs * (1 - margin);
    return !isLost;
  };

  const renew = async (): Promise<boolean> => {
    const sentAt = clock.monotonic();
    const put = await putRow(taken, row, version);
    if (put.kind === 'lost') isLost = true;
    if (put.kind === 'mine' || put.kind === 'written') version = put.version;
    if (put.kind === 'written') since = sentAt;
    return put.kind === 'written';
  };

  const renewing = async (): Promise<void> => {
    let wait = leaseMs * renewAfter;
    for (;;) {
      await clock.sleep(wait, ended.signal);
      if (ended.signal.aborted || !isHeld()) return;
      wait = leaseMs * ((await renew()) ? renewAfter : retryAfter);
    }
  };

  const renewal = renewing();

  return {
    epoch: row.epoch,
    isHeld,
    abandon: () => ended.abort(),
    async release() {
      isLost = true;
      ended.abort();
      await renewal;
      await free(taken, version);
    },
  };
};

type Put =
  | { readonly kind: 'written'; readonly version: string }
  /** Not surely written, but nobody else has it. */
  | { readonly kind: 'mine'; readonly version: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unknown' };

/** Where it was refused, an answer may have been lost before: the row tells. */
const putRow = async ({ rows, name }: Taken, row: LeaseRow, version: string): Promise<Put> => {
  try {
    const written = await rows.write(name, row, version).catch(() => undefined);
    if (written !== undefined) return { kind: 'written', version: written };
    const found = await rows.read(name);
    return found?.row.token === row.token ? { kind: 'mine', version: found.version } : { kind: 'lost' };
  } catch {
    return { kind: 'unknown' };
  }
};

/** Where the store does not answer, the lease ends by itself. */
const free = async (taken: Taken, from: string): Promise<void> => {
  let version = from;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const put = await putRow(taken, { ...taken.row, isHeld: false }, version);
    if (put.kind === 'written' || put.kind === 'lost') return;
    if (put.kind === 'mine') version = put.version;
  }
};
