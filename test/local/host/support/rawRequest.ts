import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a request line as it is, which no HTTP client would, and reads the answer until the server closes. */
export const rawRequest = (
  url: string,
  target: string,
  method = 'GET',
  headers: readonly string[] = [],
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('end', () => {
      const [start = '', body = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(start.split(' ')[1]), body: Buffer.from(body, 'latin1').toString() });
    });
    const head = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers];
    socket.write(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  });
