/** One HTTP attempt on Defender: redirects are not followed, the body is bounded, and nothing is tried twice. */
import type { Clock } from '../clock.ts';
import { looksLikeJson } from './body.ts';
import { headerSeconds, readDefenderError, secondsToStayAway } from './defenderError.ts';
import { BodyTooLarge, type Get, type Got } from './get.ts';

export type Attempt =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      /** What a 429, 502, 503 or 504 asks for. */
      readonly retryAfterSeconds?: number | undefined;
    }
  /** No answer, or none that an API gives. `isFinal`: another attempt would end the same way. */
  | { readonly kind: 'fault'; readonly reason: string; readonly isFinal: boolean }
  | { readonly kind: 'timeout' };

export interface AttemptOptions {
  readonly get: Get;
  readonly clock: Clock;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly withinMs: number;
  readonly mostBytes: number;
}

/** Headers of Defender that say something about the answer. The others belong to the transport, or to nobody. */
const keptHeaders = ['content-type', 'odata-version', 'etag', 'last-modified', 'request-id', 'x-ms-request-id'];

/** Starts the call before anything is awaited. Never rejects. */
export const attempt = async (options: AttemptOptions): Promise<Attempt> => {
  const over = new AbortController();
  const finished = new AbortController();
  const answering = ask(options, over.signal);
  void options.clock.sleep(options.withinMs, finished.signal).then(() => over.abort());
  try {
    return await answering;
  } catch (fault) {
    if (fault instanceof BodyTooLarge) return { kind: 'fault', reason: fault.message, isFinal: true };
    if (over.signal.aborted && !finished.signal.aborted) return { kind: 'timeout' };
    return { kind: 'fault', reason: `the connection to Defender failed: ${causeOf(fault)}`, isFinal: false };
  } finally {
    finished.abort();
    over.abort();
  }
};

const ask = async ({ get, clock, url, headers, mostBytes }: AttemptOptions, signal: AbortSignal): Promise<Attempt> => {
  const got = await get(url, { headers, signal, mostBytes });
  const { status, body } = got;
  const type = headerOf(got, 'content-type');
  if (status >= 300 && status < 400) {
    return {
      kind: 'fault',
      reason: `Defender answered with a redirect (${status}), which is not followed`,
      isFinal: true,
    };
  }
  if (status >= 200 && status < 300 && !looksLikeJson(type, body)) {
    return {
      kind: 'fault',
      reason: `Defender answered ${status} with ${type ?? 'no type'} that is not JSON`,
      isFinal: false,
    };
  }
  const kept = keptHeaders.map((name) => [name, headerOf(got, name)] as const);
  return {
    kind: 'response',
    status,
    headers: Object.fromEntries(kept.filter((pair): pair is [string, string] => pair[1] !== null)),
    body,
    retryAfterSeconds: staysAway(got, clock),
  };
};

const headerOf = ({ headers }: Got, name: string): string | null => {
  const value = headers[name];
  return value === undefined ? null : String(value);
};

const staysAway = (got: Got, clock: Clock): number | undefined => {
  const { status, body } = got;
  const header = headerOf(got, 'retry-after');
  if (status === 429) return secondsToStayAway(header, readDefenderError(body), clock.wall());
  return headerSeconds(header, clock.wall());
};

/** Where several addresses were tried, the fault has a code and no words. */
const causeOf = (fault: unknown): string => {
  const { message = String(fault), code } = fault as NodeJS.ErrnoException;
  return message || String(code);
};
