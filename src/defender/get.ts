/** One GET and its whole answer: the port to the wire. Redirects are answers like any other, and nothing is tried twice. */
export type Get = (url: string, options: GetOptions) => Promise<Got>;

export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Gives the call up. */
  readonly signal: AbortSignal;
  /** Of the body, unpacked. */
  readonly mostBytes: number;
}

export interface Got {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Unpacked. */
  readonly body: Uint8Array;
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

export const bodyTooLarge = (mostBytes: number): BodyTooLarge =>
  new BodyTooLarge(`the answer is larger than ${mostBytes} bytes; ask for fewer rows with $top`);
