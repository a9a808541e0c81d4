/** One attempt to hand an event over. */
import type { Clock } from '../../../clock.ts';
import type { AlertEvent } from '../../event.ts';
import { alertEventText } from '../alertEvent.ts';
import { claimOf } from '../claim.ts';
import type { Post, Posted } from './post.ts';

export type Attempt =
  | ({ readonly kind: 'answered' } & Posted)
  | { readonly kind: 'unanswered'; readonly reason: string };

export interface AttemptOptions {
  readonly post: Post;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly url: string;
  /** Bytes of UTF-8 that the receiver takes. What is longer goes as a claim, and so does what it answers 413 to. */
  readonly mostBytes: number;
  /** Round an event, such as the brackets of a batch. */
  readonly wrap?: (text: string) => string;
  readonly headersOf: (body: Uint8Array) => Promise<Readonly<Record<string, string>>>;
}

/** Connection, headers and answer together, of a claim sent after all too ("Standard Webhooks", Request timeouts: 15 to 30 s). */
const attemptMs = 15_000;

/** @throws only what `headersOf` does */
export const attempt = async (event: AlertEvent, options: AttemptOptions): Promise<Attempt> => {
  const over = new AbortController();
  const finished = new AbortController();
  const late = new Error(`there was no answer within ${attemptMs / 1000} s`);
  void options.clock.sleep(attemptMs, finished.signal).then(() => over.abort(late));
  try {
    return await handedOver(event, options, over.signal);
  } finally {
    finished.abort();
  }
};

const handedOver = async (event: AlertEvent, options: AttemptOptions, signal: AbortSignal): Promise<Attempt> => {
  const { mostBytes, wrap = (text) => text } = options;
  const bytesOf = (sent: AlertEvent) => new TextEncoder().encode(wrap(alertEventText(sent)));
  const whole = bytesOf(event);
  const claim = bytesOf(claimOf(event));
  if (whole.length > mostBytes) return posted(claim, options, signal);
  const answer = await posted(whole, options, signal);
  const isTooLarge = answer.kind === 'answered' && answer.status === 413;
  return isTooLarge && claim.length < whole.length ? posted(claim, options, signal) : answer;
};

const posted = async (body: Uint8Array, options: AttemptOptions, signal: AbortSignal): Promise<Attempt> => {
  const { post, url, headersOf } = options;
  const headers = { ...(await headersOf(body)), 'user-agent': 'defender-machine-gateway' };
  try {
    return { kind: 'answered', ...(await post(url, { headers, body, signal })) };
  } catch (fault) {
    return { kind: 'unanswered', reason: causeOf(fault) };
  }
};

/** Where several addresses were tried, the fault has a code and no words. */
const causeOf = (fault: unknown): string => {
  const { message = String(fault), code } = fault as NodeJS.ErrnoException;
  return message || String(code);
};
