/** A caller over HTTP that keeps its connections. */
import { Agent, type IncomingMessage, request as open } from 'node:http';

export interface Client {
  /** POST where there is a body, else GET. @throws when the connection fails, the answer is cut, or the time is over */
  request(
    url: string,
    options: { readonly headers: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<Reply>;
  close(): void;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** @param connections at a time, to one address @param patienceMs of silence */
export const createClient = (connections: number, patienceMs = 30_000): Client => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    request: (url, { headers, body }) =>
      new Promise((resolve, reject) => {
        const method = body === undefined ? 'GET' : 'POST';
        const sent = open(url, { method, agent, headers, timeout: patienceMs }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const { statusCode: status = 0, headers } = response;
            resolve({ status, headers, body: Buffer.concat(chunks).toString() });
          });
        });
        sent.on('timeout', () => sent.destroy(new Error(`it was not answered within ${patienceMs / 1000} s`)));
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
};
