/** One call that the code under test made. */
export interface SentCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: string | undefined;
}

/** What comes back: an answer, a fault of the connection, or nothing until the call is given up. */
export type Scripted = Response | Error | 'silence';

/** A `fetch` that plays a script, one entry for each call, the last one again and again, and notes the calls. */
export const scriptedFetch = (...script: readonly Scripted[]) => {
  const calls: SentCall[] = [];
  const play: typeof fetch = async (input, init) => {
    const next = script[Math.min(calls.length, script.length - 1)];
    calls.push({
      url: String(input),
      headers: { ...(init?.headers as Record<string, string>) },
      redirect: init?.redirect,
    });
    if (next instanceof Response) return next.clone();
    if (next instanceof Error) throw next;
    return new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    });
  };
  return { fetch: play, calls };
};

/** An answer as Defender frames it. */
export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0', ...headers },
  });
