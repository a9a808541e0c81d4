import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The storage emulator, in memory and on free ports, until the test stops it. */
export interface Azurite {
  /** Of the account `devstoreaccount1`, with its public key, for all three services. */
  readonly connectionString: string;
  /** Where each service answers, with the account and without a slash at the end. */
  readonly blobs: string;
  readonly queues: string;
  readonly tables: string;
  /** Ends the process; resolves when it is gone. Harmless when called twice. */
  stop(): Promise<void>;
}

/** Azurite's own, printed in its manual: it protects nothing. */
const account = 'devstoreaccount1';
const publicKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const options = ['--silent', '--inMemoryPersistence', '--disableTelemetry', '--skipApiVersionCheck'];
const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];

/** Whatever ends the test run also ends the emulator, so none is left behind. */
const endWithParent = "data:text/javascript,process.on('disconnect',()=>process.exit())";

/** Starts an empty storage account of its own (about a second). */
export const startAzurite = async (): Promise<Azurite> => {
  const script = createRequire(join(process.cwd(), 'package.json')).resolve('azurite/dist/src/azurite.js');
  const child = spawn(process.execPath, ['--import', endWithParent, script, ...options, ...ports], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const found = await addresses(child, child.stdout as Readable);
  const [blobs, queues, tables] = ['Blob', 'Queue', 'Table'].map((service) => `${found.get(service)}/${account}`);
  return {
    connectionString:
      `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${publicKey};` +
      `BlobEndpoint=${blobs};QueueEndpoint=${queues};TableEndpoint=${tables};`,
    blobs: String(blobs),
    queues: String(queues),
    tables: String(tables),
    stop: () => end(child),
  };
};

const addresses = (child: ChildProcess, output: Readable): Promise<ReadonlyMap<string, string>> =>
  new Promise((resolve, reject) => {
    const found = new Map<string, string>();
    createInterface(output).on('line', (line) => {
      const [, service, address] = /Azurite (\w+) service is successfully listening at (\S+)/.exec(line) ?? [];
      if (service && address) found.set(service, address);
      if (found.size === 3) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Azurite ended with code ${code} before it listened`)));
  });

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  if (child.connected) child.disconnect();
  await gone;
};
