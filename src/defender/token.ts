/** The token for one scope: fetched once for all who wait, kept until shortly before it ends. */
import type { Clock } from '../clock.ts';
import { within } from '../within.ts';

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Where tokens come from. `fresh`: not one that was given out before, as far as the source can. */
export type TokenSource = (scope: string, fresh: boolean) => Promise<AccessToken>;

export interface Token {
  /** @throws what the source throws, to all who wait */
  get(): Promise<string>;
  /** Defender refused `token`: the next `get` asks for a fresh one, once for all who report the same. */
  refused(token: string): void;
}

const endsBeforeMs = 5 * 60_000;
const answersWithinMs = 20_000;

export const createToken = (source: TokenSource, scope: string, clock: Pick<Clock, 'wall' | 'sleep'>): Token => {
  let kept: AccessToken | undefined;
  let fetching: Promise<AccessToken> | undefined;
  let fresh = false;

  const fetchToken = async () => {
    try {
      kept = await within(clock, answersWithinMs, source(scope, fresh), () => new Error('it does not answer'));
      fresh = false;
      return kept;
    } finally {
      fetching = undefined;
    }
  };

  return {
    async get() {
      if (kept && kept.expiresAt - clock.wall() > endsBeforeMs) return kept.token;
      fetching ??= fetchToken();
      return (await fetching).token;
    },
    refused(token) {
      if (kept?.token !== token) return;
      kept = undefined;
      fresh = true;
    },
  };
};
