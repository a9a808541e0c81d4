import type { ContainerClient } from '@azure/storage-blob';
import { refusedWith } from '../triggers/storageFault.ts';
import { readStatus, type ScheduleStatus, statusJson } from './scheduleStatus.ts';

/** Where the status of each timer is kept while no host is up. */
export interface StatusStore {
  /** `undefined` when nothing that can be read is there. @throws when the storage does not answer */
  read(timer: string): Promise<ScheduleStatus | undefined>;
  /** @throws when the storage does not answer */
  write(timer: string, status: ScheduleStatus): Promise<void>;
}

/** In the blobs `timers/<host id>/<timer>/status` of the container `azure-webjobs-hosts`, as in Azure. */
export const blobStatusStore = (container: ContainerClient, hostId: string): StatusStore => {
  const blobOf = (timer: string) => container.getBlockBlobClient(`timers/${hostId}/${timer}/status`);
  return {
    async read(timer) {
      try {
        return readStatus(String(await blobOf(timer).downloadToBuffer()));
      } catch (error) {
        if (refusedWith(error) === 404) return undefined;
        throw error;
      }
    },
    async write(timer, status) {
      const text = JSON.stringify(statusJson(status));
      await blobOf(timer).upload(text, Buffer.byteLength(text));
    },
  };
};

/** For a host without storage: forgotten when it ends. */
export const memoryStatusStore = (): StatusStore => {
  const statuses = new Map<string, ScheduleStatus>();
  return {
    read: async (timer) => statuses.get(timer),
    async write(timer, status) {
      statuses.set(timer, status);
    },
  };
};
