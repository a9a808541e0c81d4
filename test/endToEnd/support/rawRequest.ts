import { request } from 'node:http';

/** A request whose target goes out letter for letter: `fetch` would tidy it. */
export interface RawRequest {
  readonly method?: string;
  /** What stands behind the method: `/api/machines`, `//api`, `http://other/`. */
  readonly target: string;
  /** A header that is to be sent twice has an array. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** @param url of the server, on this machine */
export const rawRequest = (
  url: string,
  { method = 'GET', target, headers = {}, body }: RawRequest,
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const given = Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]);
    const sent = request({
      agent: false,
      hostname,
      port,
      method,
      path: target,
      headers: {
        ...Object.fromEntries(given),
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
    });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces).toString() }),
      );
    });
    sent.end(body);
  });
