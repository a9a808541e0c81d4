import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningPart } from './part.ts';

/**
 * Lets a server answer on this machine only (127.0.0.1).
 *
 * @param port 0 for a free one
 * @throws Error that says what to do when the port is taken
 */
export const listen = (server: Server, port: number): Promise<RunningPart> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explained(cause, port)));
    server.listen(port, '127.0.0.1', () => {
      const { port: given } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${given}`, stop: () => close(server) });
    });
  });

const explained = (cause: NodeJS.ErrnoException, port: number): Error =>
  cause.code === 'EADDRINUSE'
    ? new Error(`port ${port} is taken; stop what uses it, or give --port 0 for a free one`, { cause })
    : new Error(`cannot listen on port ${port}: ${cause.message}`, { cause });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
