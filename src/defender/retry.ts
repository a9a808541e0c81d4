/** Whether to try again, decided in one place and without doing anything. */

/** How one attempt ended, as far as a retry cares. */
export type Ending =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number | undefined }
  /** Connection refused or reset, a body cut short, or an answer that is none. */
  | { readonly kind: 'fault' }
  /** Another attempt would end the same way, or there is no time for it. */
  | { readonly kind: 'final' };

export interface Tried {
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  readonly hasRefreshedToken: boolean;
  /** What is left of the caller's time. */
  readonly leftMs: number;
  /** In [0, 1): spreads those who fail together. */
  readonly random: number;
}

export type Decision =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly afterMs: number; readonly refreshToken: boolean };

const mostAttempts = 4;
const done: Decision = { kind: 'done' };

/**
 * Again after 429, 502, 503, 504 and connection faults, four attempts in all, and only where the wait ends within the
 * caller's time; after a 401 once, with a fresh token; after anything else never. The wait is what the answer asks for, else
 * half a second, doubled each time, spread by half.
 */
export const decideRetry = (ending: Ending, { attempts, hasRefreshedToken, leftMs, random }: Tried): Decision => {
  if (ending.kind === 'final' || attempts >= mostAttempts) return done;
  if (ending.kind === 'status' && ending.status === 401) {
    return hasRefreshedToken ? done : { kind: 'again', afterMs: 0, refreshToken: true };
  }
  if (ending.kind === 'status' && ![429, 502, 503, 504].includes(ending.status)) return done;
  const asked = ending.kind === 'status' ? ending.retryAfterSeconds : undefined;
  const backOffMs = 500 * 2 ** (attempts - 1) * (0.5 + random);
  const afterMs = asked ? asked * 1000 : backOffMs;
  return afterMs < leftMs ? { kind: 'again', afterMs, refreshToken: false } : done;
};
