/** A request handed on as it came: its address to the letter, its body and its answer as they flow. */
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { systemClock } from '../../clock.ts';
import { isPlatformHeader } from './principalHeaders.ts';

export interface Behind {
  /** Of this machine. */
  readonly port: number;
  /** Until it begins to answer. */
  readonly answersWithinMs: number;
}

/** @param more headers that the platform adds; those of the same kind that came from outside are dropped */
export const passOn = (
  from: IncomingMessage,
  to: ServerResponse,
  more: readonly (readonly [string, string])[],
  { port, answersWithinMs }: Behind,
): void => {
  const over = new AbortController();
  const sent = request({
    host: '127.0.0.1',
    port,
    method: from.method,
    path: from.url,
    headers: [...passed(from.rawHeaders), ...more].flat(),
    agent: false,
    setHost: false,
  });
  const fail = (status: 502 | 504) => {
    over.abort();
    sent.destroy();
    if (to.headersSent) to.destroy();
    else to.writeHead(status).end();
  };
  void systemClock.sleep(answersWithinMs, over.signal).then(() => over.signal.aborted || fail(504));
  sent.on('error', () => over.signal.aborted || fail(502));
  sent.on('response', (answer) => {
    over.abort();
    to.writeHead(answer.statusCode ?? 502, answer.statusMessage, passed(answer.rawHeaders).flat());
    pipeline(answer, to, () => undefined);
  });
  to.on('close', () => {
    over.abort();
    if (!to.writableFinished) sent.destroy();
  });
  pipeline(from, sent, () => undefined);
};

/** Those of one connection only, and those that nobody but the platform may set. */
const isDropped = (name: string): boolean =>
  /^(?:connection|keep-alive|proxy-connection|upgrade|expect)$/i.test(name) || isPlatformHeader(name);

const passed = (raw: readonly string[]): readonly (readonly [string, string])[] =>
  raw
    .flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []))
    .filter(([name]) => !isDropped(name));
