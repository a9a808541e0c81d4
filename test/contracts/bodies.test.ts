import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BlobServiceClient } from '@azure/storage-blob';
import { blobBodies } from '../../src/storage/blobBodies.ts';
import type { Bodies } from '../../src/storage/bodies.ts';
import { memoryBodies } from '../../src/storage/memoryBodies.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

let azurite: Azurite;
let containers = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const inBlobs = (container = `bodies-${++containers}`): Bodies =>
  blobBodies({ AzureWebJobsStorage: azurite.connectionString }, container);

const adapters: readonly (readonly [string, () => Bodies])[] = [
  ['in memory', memoryBodies],
  ['in Blob storage', () => inBlobs()],
];

describe.each(adapters)('bodies %s', (_, create) => {
  it('have nothing before anything is put', async () => {
    const bodies = create();
    expect(await bodies.get('a')).toBeUndefined();
    await bodies.remove('a');
  });

  it('are given back to the letter, of any size', async () => {
    const bodies = create();
    const long = JSON.stringify('Grüße 🙂 "\\\u2028'.repeat(200_000));
    await bodies.put('long', long);
    await bodies.put('empty', '');
    expect((await bodies.get('long')) === long).toBe(true);
    expect(await bodies.get('empty')).toBe('');
  });

  it('replace what stands under their name', async () => {
    const bodies = create();
    await bodies.put('a', 'one');
    await bodies.put('a', 'two');
    expect(await bodies.get('a')).toBe('two');
  });

  it('are gone when they are removed, once or twice', async () => {
    const bodies = create();
    await bodies.put('a', 'one');
    await bodies.put('b', 'other');
    await bodies.remove('a');
    await bodies.remove('a');
    expect([await bodies.get('a'), await bodies.get('b')]).toEqual([undefined, 'other']);
  });

  it('take the names that tenants, alerts and keys make', async () => {
    const bodies = create();
    const names = ['tenant|app|03/a!2fb.~2fff/original/0', 'a b/ä%2F#?', "it's", 'a', 'a/b'];
    for (const name of names) await bodies.put(name, name);
    expect(await Promise.all(names.map(bodies.get))).toEqual(names);
  });
});

describe('bodies in Blob storage', () => {
  it('are JSON to whoever looks at them', async () => {
    await inBlobs('looked-at').put('a', '{}');
    const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient('looked-at');
    expect((await container.getBlobClient('a').getProperties()).contentType).toBe('application/json');
  });

  it('are put again where somebody removed the container', async () => {
    const bodies = inBlobs('removed');
    await bodies.put('a', '1');
    await BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient('removed').delete();
    expect(await bodies.get('a')).toBeUndefined();
    await bodies.put('b', '2');
    expect(await bodies.get('b')).toBe('2');
  });

  it('say what is missing where no storage is set', async () => {
    await expect(blobBodies({}, 'bodies').get('x')).rejects.toThrow(
      'there is no storage for the container bodies: write the address of the blob service in STORAGE_BLOBS_ENDPOINT, or a connection string in AzureWebJobsStorage',
    );
  });
});

describe('a blob service that fails', () => {
  type Fate = number | 'silence';

  /** A service that answers so, one after the other; the last from then on. `silence` is no answer at all. */
  const asking = async (fates: readonly Fate[], ask: (bodies: Bodies) => Promise<unknown>) => {
    let asked = 0;
    const server = createServer((request, response) => {
      const fate = fates[Math.min(asked, fates.length - 1)] ?? 500;
      asked += 1;
      request.resume();
      if (fate !== 'silence') response.writeHead(fate, { 'content-type': 'application/xml' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const AzureWebJobsStorage = `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:${port}/devstoreaccount1;`;
    const clock = {
      sleep: (milliseconds: number, signal?: AbortSignal) =>
        signal ? new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref()) : Promise.resolve(),
    };
    const ended = await ask(blobBodies({ AzureWebJobsStorage }, 'bodies', { clock, answerWithinMs: 300 })).then(
      () => 'done',
      (fault: Error) => `${fault.message}: ${Object(fault.cause).statusCode}`,
    );
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    return { asked, ended };
  };

  it('is asked again', async () => {
    expect(await asking([503, 500, 429, 201], (bodies) => bodies.put('a', '1'))).toEqual({ asked: 4, ended: 'done' });
    expect(await asking([503, 404], (bodies) => bodies.remove('a'))).toEqual({ asked: 2, ended: 'done' });
  });

  it('is asked again where it does not answer in time', async () => {
    expect(await asking(['silence', 201], (bodies) => bodies.put('a', '1'))).toEqual({ asked: 2, ended: 'done' });
  });

  it('is given up after five attempts, and at once where it refuses', async () => {
    const ended = 'the container bodies is out of reach';
    expect(await asking([503], (bodies) => bodies.get('a'))).toEqual({ asked: 5, ended: `${ended}: 503` });
    expect(await asking([403], (bodies) => bodies.get('a'))).toEqual({ asked: 1, ended: `${ended}: 403` });
  });
});
