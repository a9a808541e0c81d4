/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  /** A header that is sent more than once, such as `set-cookie`, has an array. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Uint8Array;
}

/** An answer without a body, as the host gives where no function spoke. */
export const bare = (status: number): Answer => ({ status });

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: Buffer.from(JSON.stringify(value)),
});

export const textAnswer = (status: number, type: 'text/plain' | 'text/html', text: string): Answer => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8` },
  body: Buffer.from(text),
});
