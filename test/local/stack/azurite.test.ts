import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { startAzurite } from '../../../src/local/stack/azurite.ts';

const appRoot = process.cwd();

const tableIn = ({ connectionString }: { readonly connectionString: string }) =>
  TableClient.fromConnectionString(connectionString, 'kept', { allowInsecureConnection: true });

describe('the storage of a stack', () => {
  it('keeps what is in its folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'azurite-'));
    const first = await startAzurite({ appRoot, folder });
    await tableIn(first).createTable();
    await tableIn(first).createEntity({ partitionKey: 'a', rowKey: 'b', said: 'here' });
    await first.stop();
    const second = await startAzurite({ appRoot, folder });
    expect(await tableIn(second).getEntity('a', 'b')).toMatchObject({ said: 'here' });
    await second.stop();
    await rm(folder, { recursive: true });
  });

  it('may be stopped twice', async () => {
    const azurite = await startAzurite({ appRoot });
    await Promise.all([azurite.stop(), azurite.stop()]);
    await azurite.stop();
    expect(await azurite.ended).toBe('Azurite ended with code 0');
  });

  it('says why it did not start', async () => {
    const azurite = await startAzurite({ appRoot });
    const ports = { blobs: 0, queues: 0, tables: Number(new URL(azurite.tables).port) };
    await expect(startAzurite({ appRoot, ports })).rejects.toThrow(/^Azurite ended with code 1: .*EADDRINUSE/);
    await azurite.stop();
  });
});
