import { request } from 'node:http';
import { token } from './asking.ts';

/** An answer as it lay on the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
  /** Whether it came to its end. */
  readonly complete: boolean;
}

/** Asks without decoding. @throws the connection's error where no answer began */
export const rawGet = (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false, headers: { authorization: `Bearer ${token()}`, ...headers } });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', () => {});
      answer.on('close', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(pieces),
          complete: answer.complete,
        }),
      );
    });
    sent.end();
  });
