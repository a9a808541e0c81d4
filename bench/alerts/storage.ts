/**
 * Storage for the bench: tables and blobs of one Azurite, in memory, queues of another, on disk. In memory Azurite takes each message for a file
 * of its own, and once a minute looks through all of them for each that is gone: after ten thousand messages it answers nobody for half a minute.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Azurite, startAzurite } from '../../src/local/stack/azurite.ts';

export const startStorage = async (appRoot: string): Promise<Azurite> => {
  const folder = await mkdtemp(join(tmpdir(), 'alerts-'));
  const [rest, queues] = await Promise.all([startAzurite({ appRoot }), startAzurite({ appRoot, folder })]);
  return {
    ...rest,
    queues: queues.queues,
    connectionString: rest.connectionString.replace(/QueueEndpoint=[^;]*/, `QueueEndpoint=${queues.queues}`),
    ended: Promise.race([rest.ended, queues.ended]),
    async stop() {
      await Promise.all([rest.stop(), queues.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
