import { once } from 'node:events';
import { createServer } from 'node:net';
import type { StoragePorts } from './azurite.ts';

/** Of every part of a stack; 0 for a free one. */
export interface Ports extends StoragePorts {
  readonly host: number;
  readonly simulator: number;
  readonly identity: number;
  /** Where callers are known by tokens: who issues them, and the wall before the host. */
  readonly issuer: number;
  readonly front: number;
}

/** Those of `local.settings.sample.json` and of Azurite. */
export const usualPorts: Ports = {
  host: 7_071,
  simulator: 7_072,
  identity: 7_073,
  issuer: 7_074,
  front: 7_075,
  blobs: 10_000,
  queues: 10_001,
  tables: 10_002,
};

export const freePorts: Ports = {
  host: 0,
  simulator: 0,
  identity: 0,
  issuer: 0,
  front: 0,
  blobs: 0,
  queues: 0,
  tables: 0,
};

/** How each is set on a command line. */
export const portOptions: Readonly<Record<keyof Ports, string>> = {
  host: 'port',
  simulator: 'simulator-port',
  identity: 'identity-port',
  issuer: 'issuer-port',
  front: 'front-port',
  blobs: 'blob-port',
  queues: 'queue-port',
  tables: 'table-port',
};

/**
 * Looks whether all can be had, before anything is started.
 *
 * @throws Error that names the port, and the option that sets it
 */
export const checkPorts = async (ports: Partial<Ports>): Promise<void> => {
  const wanted = Object.entries(ports).filter(([, port]) => port !== 0) as [keyof Ports, number][];
  for (const [index, [part, port]] of wanted.entries()) {
    const [twin] = wanted.slice(0, index).find(([, other]) => other === port) ?? [];
    if (twin) throw new Error(`port ${port} is given twice, by --${portOptions[twin]} and --${portOptions[part]}`);
    const fault = await faultOf(port);
    if (fault === 'EADDRINUSE') throw new Error(taken(port, portOptions[part]));
    if (fault) throw new Error(`port ${port} (--${portOptions[part]}) cannot be used: ${fault}`);
  }
};

const taken = (port: number, option: string): string =>
  option === 'port'
    ? `port ${port} is taken; stop what uses it, or give --port another, or --port 0 for free ones`
    : `port ${port} is taken; stop what uses it, or give --${option} another, or 0 for a free one`;

const faultOf = async (port: number): Promise<string | undefined> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    server.close();
  }
};
