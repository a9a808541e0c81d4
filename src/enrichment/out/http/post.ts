/** One POST over HTTP. The port: `nodePost` over Node's own client. */

/**
 * Redirects are not followed.
 *
 * @throws Error that says in a few words why there is no answer
 */
export type Post = (url: string, options: PostOptions) => Promise<Posted>;

export interface PostOptions {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Ends it. What was answered by then counts. */
  readonly signal: AbortSignal;
}

export interface Posted {
  readonly status: number;
  /** The header `Retry-After`, as it came. */
  readonly retryAfter: string | null;
  /** How the answer's body begins: up to 1 KiB. */
  readonly text: string;
}
