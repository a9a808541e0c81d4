/**
 * The wire: Node's own HTTP client. `fetch` would unpack a page of 10,000 machines in 800 pieces of 16 KiB, which takes 45 to 85 ms
 * here against 9 to 43, and leaves the memory of several pages in pieces that go back to the system late or never. It would also repeat
 * a call that was answered 421 by itself, on one permit.
 */
import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { promisify } from 'node:util';
import { unzip } from 'node:zlib';
import { bodyTooLarge, type Get, type Got } from './get.ts';

/** A connection at rest is closed after so long: servers close theirs later, and a call on a closed one would be lost. */
const agentOptions = { keepAlive: true, timeout: 4000 };

export const nodeGet = (): Get => {
  const plain = new HttpAgent(agentOptions);
  const secure = new HttpsAgent(agentOptions);
  return (url, { headers, signal, mostBytes }) =>
    new Promise((resolve, reject) => {
      const options = { signal, headers: { ...headers, 'accept-encoding': 'gzip, deflate' } };
      const read = (response: IncomingMessage) => void readWhole(response, mostBytes).then(resolve, reject);
      const sent = url.startsWith('https:')
        ? httpsGet(url, { ...options, agent: secure }, read)
        : httpGet(url, { ...options, agent: plain }, read);
      sent.on('error', reject);
    });
};

const readWhole = async (response: IncomingMessage, mostBytes: number): Promise<Got> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw bodyTooLarge(mostBytes);
    chunks.push(chunk);
  }
  const { statusCode: status = 0, headers } = response;
  const sent = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
  return { status, headers, body: await unpacked(sent, headers['content-encoding'], mostBytes) };
};

/** Above 32 MB the allocator takes memory from the system for each buffer, and gives it back when that is freed; what is not written takes none. */
const roomBytes = 36 * 1024 * 1024;
const smallBytes = 64 * 1024;
const unzipped = promisify(unzip);

const unpacked = async (sent: Buffer, coding: string | undefined, mostBytes: number): Promise<Uint8Array> => {
  if (coding === undefined || coding.toLowerCase() === 'identity' || sent.length === 0) return sent;
  if (!/^(?:x-)?gzip$|^deflate$/i.test(coding)) throw new Error(`it is packed by '${coding}', which was not asked for`);
  const room = sent.length > smallBytes ? { chunkSize: roomBytes } : {};
  return unzipped(sent, { ...room, maxOutputLength: mostBytes }).catch((fault: unknown) => {
    throw isTooLarge(fault) ? bodyTooLarge(mostBytes) : fault;
  });
};

const isTooLarge = (fault: unknown): boolean => (fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
