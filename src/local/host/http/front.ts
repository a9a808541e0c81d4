/** The server before the functions: Node's own, bound to this machine, with Kestrel's limits where they can be seen. */
import { isUtf8 } from 'node:buffer';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Clock } from '../../../clock.ts';
import { listen } from '../../listen.ts';
import type { RunningPart } from '../../part.ts';
import type { HostEvent, HostLog } from '../hostEvent.ts';
import { type Address, readAddress } from './address.ts';
import { type Answer, bare } from './answer.ts';
import { readQuery } from './query.ts';

export type ReadAddress = Extract<Address, { kind: 'address' }>;

export interface Handled {
  readonly answer: Answer;
  /** The function that answered, or would have. */
  readonly functionName?: string;
}

export type Handler = (request: IncomingMessage, address: ReadAddress) => Promise<Handled>;

export interface Front extends RunningPart {
  /** Lets requests in; those that came before have waited. */
  serve(handler: Handler): void;
  /** Closes what is still open, answered or not. */
  cut(): void;
}

/** Kestrel's: 130 s for a connection at rest, 30 s for the headers, 32 KiB of them besides the request line. */
const serverOptions = { keepAliveTimeout: 130_000, headersTimeout: 30_000, requestTimeout: 0, maxHeaderSize: 40_960 };

/** Takes a port of this machine, 0 for a free one. @throws when the port is taken, saying what to do */
export const openFront = async (port: number, clock: Clock, log: HostLog): Promise<Front> => {
  let serve: (handler: Handler) => void = () => undefined;
  const handler = new Promise<Handler>((resolve) => {
    serve = resolve;
  });
  const server = createServer(serverOptions, (request, response) => void respond(request, response));
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const started = clock.monotonic();
    const { answer, functionName } = await handle(request, handler, log);
    const status = send(request, response, answer, !server.listening, log);
    const ms = Math.round(clock.monotonic() - started);
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    const named = functionName === undefined ? {} : { functionName };
    const options = optionNames(request.url ?? '');
    const optional = options.length > 0 ? { options } : {};
    log({ kind: 'request', method: request.method ?? '', path, ...optional, status, ms, ...named });
  };
  const { url } = await listen(server, port);
  return { url, serve, stop: () => close(server), cut: () => server.closeAllConnections() };
};

const optionNames = (url: string): readonly string[] =>
  Object.keys(readQuery(/\?.*$/s.exec(url)?.[0] ?? '')).filter((name) => /^\$\w+$/.test(name));

const handle = async (request: IncomingMessage, handler: Promise<Handler>, log: HostLog): Promise<Handled> => {
  const address = readAddress(request.url ?? '/');
  if (address.kind === 'refused') return { answer: bare(address.status) };
  if (!isUtf8(Buffer.from(request.rawHeaders.join(), 'latin1'))) return { answer: bare(400) };
  try {
    return await (await handler)(request, address);
  } catch (error) {
    log(hostFault(error));
    return { answer: bare(500) };
  }
};

const hostFault = (error: unknown): HostEvent => {
  const message = `the host failed: ${error instanceof Error ? error.stack : error}`;
  return { kind: 'log', level: 'critical', category: 'system', message };
};

/** Sends an answer, or a 500 where Node refuses to write it. @returns the status sent */
const send = (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  last: boolean,
  log: HostLog,
): number => {
  try {
    return write(request, response, answer, last);
  } catch (error) {
    log(hostFault(error));
    if (response.headersSent) response.destroy();
    else {
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      write(request, response, bare(500), last);
    }
    return 500;
  }
};

/** A body up to this goes out in one piece with its headers, as Kestrel sends it. */
const smallBody = 16_384;

const write = (request: IncomingMessage, response: ServerResponse, answer: Answer, last: boolean): number => {
  const { status, headers = {}, body = new Uint8Array() } = answer;
  const sent: OutgoingHttpHeaders = {};
  let declared: string | undefined;
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'content-length') declared = String(value);
    else sent[name] = typeof value === 'string' ? value : [...value];
  }
  const declares = request.method === 'HEAD' && body.length === 0 && declared !== undefined;
  if (status !== 204 && status !== 304) sent['content-length'] = declares ? declared : body.length;
  if (last) sent.connection = 'close';
  response.writeHead(status, sent);
  if (body.length < smallBody)
    response.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'), 'latin1');
  else response.end(body);
  return status;
};

/** Ends when every request under way is answered. */
const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
