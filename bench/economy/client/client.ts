/**
 * A caller over HTTP that keeps its connections and takes answers as they are sent: nothing is inflated, nothing parsed.
 * One for all that is measured, so that what it costs is the same everywhere.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { systemClock } from '../../../src/clock.ts';

export interface Client {
  /** @throws when the connection fails, the answer is cut, or `patienceMs` are over */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  close(): void;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Until the last byte was here. */
  readonly milliseconds: number;
}

export interface ClientOptions {
  readonly url: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** The most at a time. */
  readonly connections: number;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

const patienceMs = 60_000;

export const createClient = ({ url, headers: own, connections, signal }: ClientOptions): Client => {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const started = systemClock.monotonic();
      const options = { hostname, port, path, agent, signal, headers: { ...own, ...headers }, timeout: patienceMs };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const milliseconds = systemClock.monotonic() - started;
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, body: Buffer.concat(chunks), milliseconds });
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${path} was not answered within ${patienceMs / 1000} s`)));
      sent.on('error', reject);
      sent.end();
    });
  return { get, close: () => agent.destroy() };
};
