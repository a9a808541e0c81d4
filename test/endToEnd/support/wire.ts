import { request } from 'node:http';

/** An answer as it lay on the wire, neither decoded nor read. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

/** Asks with a header `Host` of the caller's own, which `fetch` does not allow. */
export const wireGet = (url: string, headers: Record<string, string>): Promise<WireAnswer> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, headers });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
    });
    sent.end();
  });
