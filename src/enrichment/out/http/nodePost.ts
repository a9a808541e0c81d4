/**
 * The wire to receivers: Node's own client. A name is resolved once, all its addresses are looked at, and only these are connected to: a name
 * that leads elsewhere a moment later leads nobody astray. Nothing is sent before the connection is seen to lead where it was meant to.
 */
import { lookup } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { Post, Posted, PostOptions } from './post.ts';
import { hostOf } from './receiver.ts';

export interface NodePostOptions {
  /** Why an address that a host leads to must not be connected to; undefined where it may. */
  readonly addressFault: (host: string, address: string) => string | undefined;
  /** All addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Certificates to trust in place of the well-known ones: PEM. */
  readonly trusted?: string;
}

export const nodePost = ({ addressFault, resolve = resolved, trusted }: NodePostOptions): Post => {
  const check = (host: string, address: string): string => {
    const fault = addressFault(host, address);
    if (fault !== undefined) throw new Error(fault);
    return address;
  };

  return async (url, options) => {
    const target = new URL(url);
    const host = hostOf(target);
    const found = isIP(host) ? [host] : await untilAborted(resolve(host), options.signal);
    if (found.length === 0) throw new Error(`${host} leads to no address`);
    const addresses = found.map((address) => check(host, address));
    return exchange(target, { ...options, trusted, addresses, check: (address) => void check(host, address) });
  };
};

const resolved = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

interface ExchangeOptions extends PostOptions {
  readonly trusted: string | undefined;
  readonly addresses: readonly string[];
  /** @throws where the address must not be spoken to */
  readonly check: (address: string) => void;
}

const exchange = async (target: URL, { headers, body, signal, ...options }: ExchangeOptions): Promise<Posted> => {
  const sent = begun(target, {
    method: 'POST',
    headers: { ...headers, 'content-length': body.length },
    signal,
    // A connection of its own, past any proxy: one that is used again was looked at for another call.
    agent: false,
    lookup: only(options.addresses),
    ...(options.trusted === undefined ? {} : { ca: options.trusted }),
  });
  sent.on('socket', (socket) => {
    socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      sendChecked(sent, { socket, body, check: options.check });
    });
  });
  return posted(await responseTo(sent, signal));
};

const responseTo = (sent: ClientRequest, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', (fault) => reject(signal.aborted ? reasonOf(signal) : fault));
    sent.on('close', () => reject(new Error('the connection was closed without an answer')));
  });

const begun = (target: URL, options: RequestOptions): ClientRequest =>
  target.protocol === 'https:'
    ? httpsRequest(target, { ...options, rejectUnauthorized: true })
    : httpRequest(target, options);

/** In place of the resolver, which is not asked a second time. */
const only = (addresses: readonly string[]): LookupFunction => {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all: isAllAsked }, done) => {
    const [{ address, family } = { address: '', family: 0 }] = all;
    return isAllAsked ? done(null, all) : done(null, address, family);
  };
};

interface Sending extends Pick<ExchangeOptions, 'body' | 'check'> {
  readonly socket: Socket;
}

const sendChecked = (sent: ClientRequest, { socket, body, check }: Sending): void => {
  try {
    check(socket.remoteAddress ?? '');
    sent.end(body);
  } catch (fault) {
    sent.destroy(fault as Error);
  }
};

const mostAnswerBytes = 1024;

/** The status counts, whatever becomes of the body. */
const posted = async (response: IncomingMessage): Promise<Posted> => {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= mostAnswerBytes) break;
    }
  } catch {
    // Cut short.
  }
  const text = Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString('utf8');
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null, text };
};

const untilAborted = <T>(asked: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const over = () => reject(reasonOf(signal));
    if (signal.aborted) over();
    signal.addEventListener('abort', over, { once: true });
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', over));
  });

const reasonOf = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new Error(String(reason)));
