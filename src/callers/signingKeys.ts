/**
 * The public keys that an issuer signs with. A key of a name that is not known makes them be asked for again, but for all such names together no
 * more than now and then; whoever makes names up asks nothing of the issuer. Keys are read anew each hour, so that one that was withdrawn is not
 * believed for longer; when their address is down, those that were read last count for a day: as long as the tokens of managed identities live.
 */
import type { Clock } from '../clock.ts';
import { within } from '../within.ts';
import { plainText } from './claimText.ts';

/** A public key, as RFC 7517 writes it. */
export interface SigningKey {
  readonly kty: 'RSA';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

export type FoundKey =
  | { readonly kind: 'found'; readonly key: SigningKey }
  /** The issuer has none of that name. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface SigningKeys {
  /** It never throws. */
  keyOf(kid: string): Promise<FoundKey>;
}

export interface SigningKeysOptions {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

const freshMs = 3_600_000;
const lastResortMs = 24 * 3_600_000;
/** Between one question and the next. */
const pauseMs = { answered: 30_000, failed: 3_000 };
const answersWithinMs = 5_000;
/** Entra's are some 20 KB. */
const mostBytes = 256 * 1024;

interface KeptKeys {
  readonly keys: ReadonlyMap<string, SigningKey>;
  /** By the wall: a machine that was frozen has to ask again. */
  readonly readAt: number;
}

export const createSigningKeys = ({ url, fetch: get, clock }: SigningKeysOptions): SigningKeys => {
  let kept: KeptKeys | undefined;
  let asking: Promise<void> | undefined;
  let askAgainAt = Number.NEGATIVE_INFINITY;
  let fault: string | undefined;

  const ask = async () => {
    try {
      kept = { keys: await readKeys(url, get, clock), readAt: clock.wall() };
      fault = undefined;
    } catch (error) {
      fault = messageOf(error);
    }
    askAgainAt = clock.monotonic() + (fault === undefined ? pauseMs.answered : pauseMs.failed);
    asking = undefined;
  };
  const asked = async () => {
    if (asking === undefined && clock.monotonic() >= askAgainAt) asking = ask();
    await asking;
  };
  // A clock that was set back tells as little of their age as one that has gone on.
  const isYounger = (ms: number) => kept !== undefined && Math.abs(clock.wall() - kept.readAt) < ms;
  const keptKey = (kid: string): FoundKey | undefined => {
    const key = isYounger(lastResortMs) ? kept?.keys.get(kid) : undefined;
    return key && { kind: 'found', key };
  };

  return {
    async keyOf(kid) {
      const found = keptKey(kid);
      if (found && isYounger(freshMs)) return found;
      const answered = asked();
      // Nobody waits for an address that was down a moment ago.
      if (found && fault !== undefined) return found;
      await answered;
      return keptKey(kid) ?? (fault === undefined ? { kind: 'unknown' } : unavailable(url, fault));
    },
  };
};

const unavailable = (url: string, fault: string): FoundKey => ({
  kind: 'unavailable',
  reason: `The keys of callers' tokens can't be had from ${url}: ${fault}`,
});

const messageOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return plainText(cause instanceof Error ? `${message}: ${cause.message}` : message, 200);
};

const readKeys = async (url: string, get: typeof fetch, clock: Clock): Promise<KeptKeys['keys']> => {
  const over = new AbortController();
  const late = () => new Error(`it did not answer within ${answersWithinMs / 1000} s`);
  try {
    return parseKeys(await within(clock, answersWithinMs, readBody(url, get, over.signal), late));
  } finally {
    over.abort();
  }
};

const readBody = async (url: string, get: typeof fetch, signal: AbortSignal): Promise<string> => {
  const response = await get(url, { signal, redirect: 'manual', headers: { accept: 'application/json' } });
  if (response.status !== 200) throw new Error(`it answered ${response.status}`);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new Error(`its answer is longer than ${mostBytes} bytes`);
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
};

/** @throws where there is none that could have signed a token: those that are known are worth more */
const parseKeys = (text: string): KeptKeys['keys'] => {
  const { keys } = JSON.parse(text) as { readonly keys?: unknown };
  const usable = (Array.isArray(keys) ? keys : []).flatMap(signingKey);
  if (usable.length === 0) throw new Error('it has no RSA key for signatures');
  return new Map(usable.map((key) => [key.kid, key]));
};

const signingKey = (candidate: unknown): readonly SigningKey[] => {
  if (typeof candidate !== 'object' || candidate === null) return [];
  const { kty, kid, n, e, use = 'sig', alg = 'RS256' } = candidate as Readonly<Record<string, unknown>>;
  const isKey = kty === 'RSA' && use === 'sig' && alg === 'RS256';
  const isWhole = typeof kid === 'string' && typeof n === 'string' && typeof e === 'string';
  return isKey && isWhole ? [{ kty, kid, n, e }] : [];
};
