import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The name that was asked for in TLS. */
  readonly servername: TLSSocket['servername'] | undefined;
}

export interface ReceivingServer {
  readonly port: number;
  /** Whole requests, in order. */
  readonly arrived: Arrived[];
  /** All connections, also those that nothing came by. */
  readonly connections: Socket[];
  /** 204 unless a test says otherwise. */
  answer: (response: ServerResponse, request: Arrived) => void;
  /** As before any test. */
  reset(): void;
  close(): Promise<void>;
}

/** For `localhost` and 127.0.0.1. */
export const certificate = readFileSync('test/support/certificate/cert.pem', 'utf8');
const key = readFileSync('test/support/certificate/key.pem', 'utf8');

/** A real server on 127.0.0.1. */
export const receivingServer = async (isSecure = false): Promise<ReceivingServer> => {
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const { servername } = request.socket as Partial<TLSSocket>;
    const came: Arrived = { method, path, headers, body: Buffer.concat(chunks), servername };
    receiving.arrived.push(came);
    receiving.answer(response, came);
  };
  const server = isSecure ? createSecureServer({ cert: certificate, key }, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiving: ReceivingServer = {
    port: (server.address() as AddressInfo).port,
    arrived: [],
    connections: [],
    answer: noContent,
    reset() {
      receiving.arrived.splice(0);
      receiving.connections.splice(0);
      receiving.answer = noContent;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('connection', (socket: Socket) => receiving.connections.push(socket));
  return receiving;
};

const noContent = (response: ServerResponse): void => void response.writeHead(204).end();
