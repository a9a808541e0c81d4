/** The right to run a timer: of all hosts on one storage, the one that holds the lease of the timer's blob has it. */
import type { BlobLeaseClient, BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import { refusedWith, saying } from '../triggers/storageFault.ts';

export interface ListenerLease {
  /** Waits until this host has the lease; `undefined` when told to stop before. */
  acquire(stopping: AbortSignal): Promise<HeldLease | undefined>;
}

export interface HeldLease {
  /** Aborted when the lease could not be kept: somebody else may have it, or is about to. */
  readonly lost: AbortSignal;
  /** Gives it back. Never rejects. */
  release(): Promise<void>;
}

export interface LeaseTimes {
  /** How long the storage keeps the lease for a host that does not renew it: 15 to 60 seconds. */
  readonly leaseSeconds: number;
  /** Milliseconds between two tries of a host that waits for the lease. */
  readonly retryMs: number;
}

export interface LeaseOptions extends LeaseTimes {
  readonly container: ContainerClient;
  /** Of the blob, within the container. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** For a host without storage, which shares its timers with nobody. */
export const ownLease: ListenerLease = {
  acquire: async (stopping) =>
    stopping.aborted ? undefined : { lost: new AbortController().signal, release: async () => {} },
};

/** A lease on a blob, renewed three times in its time and given up when that does not succeed. */
export const blobLease = (options: LeaseOptions): ListenerLease => {
  const { container, path, clock, log, retryMs } = options;
  const blob = container.getBlockBlobClient(path);
  return {
    async acquire(stopping) {
      while (!stopping.aborted) {
        const askedAt = clock.monotonic();
        try {
          const lease = await take(container, blob, options.leaseSeconds);
          if (lease) return keep(lease, askedAt, options);
        } catch (error) {
          log.warn('a timer waits for its storage', { blob: path, said: saying(error) });
        }
        await clock.sleep(retryMs, stopping);
      }
      return undefined;
    },
  };
};

const take = async (container: ContainerClient, blob: BlockBlobClient, seconds: number) => {
  const lease = blob.getBlobLeaseClient();
  try {
    await lease.acquireLease(seconds);
    return lease;
  } catch (error) {
    if (refusedWith(error) === 409) return undefined;
    if (refusedWith(error) !== 404) throw error;
    await container.createIfNotExists();
    await createEmpty(blob);
    return take(container, blob, seconds);
  }
};

/** Somebody else may have made it, and leased it, in between. */
const createEmpty = async (blob: BlockBlobClient): Promise<void> => {
  try {
    await blob.upload('', 0, { conditions: { ifNoneMatch: '*' } });
  } catch (error) {
    if (refusedWith(error) !== 409 && refusedWith(error) !== 412) throw error;
  }
};

const keep = (lease: BlobLeaseClient, askedAt: number, { leaseSeconds, clock, log, path }: LeaseOptions): HeldLease => {
  const lost = new AbortController();
  const done = new AbortController();
  const period = (leaseSeconds * 1_000) / 3;
  const renewing = (async () => {
    for (let renewedAt = askedAt; !lost.signal.aborted; ) {
      await clock.sleep(period, done.signal);
      if (done.signal.aborted) return;
      const triedAt = clock.monotonic();
      const outcome = await renew(lease);
      if (outcome === 'renewed') renewedAt = triedAt;
      else if (outcome === 'taken' || clock.monotonic() + period - renewedAt >= leaseSeconds * 1_000) lost.abort();
    }
    log.warn('a timer lost its lease', { blob: path });
  })();
  return {
    lost: lost.signal,
    async release() {
      done.abort();
      await renewing;
      if (!lost.signal.aborted) await lease.releaseLease().catch(() => {});
    },
  };
};

const renew = async (lease: BlobLeaseClient): Promise<'renewed' | 'taken' | 'unknown'> => {
  try {
    await lease.renewLease();
    return 'renewed';
  } catch (error) {
    const status = refusedWith(error);
    return status === 404 || status === 409 || status === 412 ? 'taken' : 'unknown';
  }
};
