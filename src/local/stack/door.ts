/** A sign of life that no other process gives by chance: a port that a process keeps open as long as it lives. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

export interface Door {
  readonly port: number;
  /** From here on it does not keep the process alive. */
  release(): void;
  close(): void;
}

/** Opens one on a free port. */
export const openDoor = async (): Promise<Door> => {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    release: () => void server.unref(),
    close: () => void server.close(),
  };
};

/** Whether somebody keeps it open. */
export const stillOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
