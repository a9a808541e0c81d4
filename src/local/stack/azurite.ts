/** The storage emulator in a process of its own, which ends with this one however this one ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { systemClock } from '../../clock.ts';

export interface StoragePorts {
  /** 0 for a free one; so the others. */
  readonly blobs: number;
  readonly queues: number;
  readonly tables: number;
}

export interface AzuriteOptions {
  /** The folder of the package.json that names azurite. */
  readonly appRoot: string;
  /** Free ones unless told. */
  readonly ports?: StoragePorts;
  /** An existing folder for the data; in memory without. */
  readonly folder?: string;
  /** Files of a certificate and its key: then it speaks https, and takes the tokens of an identity. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export interface Azurite {
  readonly pid: number;
  /** Of the account `devstoreaccount1`, with its public key, for all three services. */
  readonly connectionString: string;
  /** Where each service answers, with the account and without a slash at the end. */
  readonly blobs: string;
  readonly queues: string;
  readonly tables: string;
  /** Resolves when the process is gone, asked or not: with how, and its last words. */
  readonly ended: Promise<string>;
  /** Ends the process, its data written; resolves when it is gone. Harmless when called twice. */
  stop(): Promise<void>;
}

/** Azurite's own, printed in its manual: it protects nothing. */
const account = 'devstoreaccount1';
const publicKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const options = ['--silent', '--disableTelemetry', '--skipApiVersionCheck'];

/**
 * Azurite writes its data on SIGTERM; told so when the channel to this process closes, it can't outlive it. What it prints
 * meanwhile nobody may be left to read.
 */
const endWithParent = `data:text/javascript,${[
  "process.stdout.on('error',()=>{})",
  "process.stderr.on('error',()=>{})",
  "process.on('disconnect',()=>{process.emit('SIGTERM')||process.exit();setTimeout(()=>process.exit(),3000).unref()})",
].join(';')}`;

/** Longer than Azurite gives itself to write its data. */
const patienceMs = 5_000;

/**
 * Starts it; takes about a second.
 *
 * @throws Error with its last words when it ends before all three services listen
 */
export const startAzurite = async ({ appRoot, ports, folder, tls }: AzuriteOptions): Promise<Azurite> => {
  const script = createRequire(join(appRoot, 'package.json')).resolve('azurite/dist/src/azurite.js');
  const place = folder === undefined ? ['--inMemoryPersistence'] : ['--location', folder];
  const secure = tls ? ['--oauth', 'basic', '--cert', tls.certificate, '--key', tls.key] : [];
  // Detached: a Ctrl-C in the terminal is not for this process, which has to outlive the functions host.
  const child = spawn(
    process.execPath,
    ['--import', endWithParent, script, ...options, ...place, ...secure, ...portsOf(ports)],
    {
      cwd: tmpdir(),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const ended = endOf(child);
  const found = await addresses(child, ended);
  const [blobs, queues, tables] = ['Blob', 'Queue', 'Table'].map((service) => `${found.get(service)}/${account}`);
  return {
    pid: child.pid ?? 0,
    connectionString:
      `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${publicKey};` +
      `BlobEndpoint=${blobs};QueueEndpoint=${queues};TableEndpoint=${tables};`,
    blobs: String(blobs),
    queues: String(queues),
    tables: String(tables),
    ended,
    stop: () => stop(child, ended),
  };
};

const portsOf = ({ blobs, queues, tables }: StoragePorts = { blobs: 0, queues: 0, tables: 0 }): string[] =>
  ['--blobPort', blobs, '--queuePort', queues, '--tablePort', tables].map(String);

const addresses = (child: ChildProcess, ended: Promise<string>): Promise<ReadonlyMap<string, string>> =>
  new Promise((resolve, reject) => {
    const found = new Map<string, string>();
    createInterface(child.stdout as Readable).on('line', (line) => {
      const [, service, address] = /Azurite (\w+) service is successfully listening at (\S+)/.exec(line) ?? [];
      if (service && address) found.set(service, address);
      if (found.size === 3) resolve(found);
    });
    void ended.then((how) => reject(new Error(how)));
  });

const endOf = async (child: ChildProcess): Promise<string> => {
  const words: string[] = [];
  const stderr = createInterface(child.stderr as Readable);
  stderr.on('line', (line) => words.splice(0, words.length, ...words.slice(-4), line));
  // Not 'close' of the child, which Node leaves out once this side has disconnected.
  const heard = new Promise((resolve) => stderr.once('close', resolve));
  const how = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`Azurite could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`Azurite ended ${signal ? `by ${signal}` : `with code ${code}`}`));
  });
  await heard;
  return words.length > 0 ? `${how}: ${words.join(' / ')}` : how;
};

const stop = async (child: ChildProcess, ended: Promise<string>): Promise<void> => {
  if (child.connected) child.disconnect();
  const patience = new AbortController();
  const late = systemClock.sleep(patienceMs, patience.signal).then(() => child.kill('SIGKILL'));
  await ended;
  patience.abort();
  await late;
};
