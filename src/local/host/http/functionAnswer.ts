import type { InvocationResult } from '../invoker.ts';
import { type Answer, bare } from './answer.ts';
import { type RpcCookie, setCookie } from './cookies.ts';

/** Set by the server itself, for the body that is really sent; trailers it has none. */
const ownHeaders = new Set(['connection', 'keep-alive', 'trailer', 'transfer-encoding']);

/**
 * The HTTP answer that an invocation leads to, as the host gives it: 500 without a body when the function failed,
 * 204 when it returned nothing.
 */
export const functionAnswer = (result: InvocationResult): Answer => {
  if (result.kind !== 'succeeded') return bare(500);
  const value = result.returnValue;
  if (!value) return bare(204);
  if (!('http' in value)) return bare(500);
  const { statusCode, headers = {}, body, cookies = [] } = value.http;
  const sent: Record<string, string | string[]> = {};
  for (const [name, header] of Object.entries(headers)) {
    if (!isWritable(name, header)) return bare(500);
    if (!ownHeaders.has(name.toLowerCase())) sent[name] = header;
  }
  const setCookies = [...[sent['set-cookie'] ?? []].flat(), ...cookies.map((cookie: RpcCookie) => setCookie(cookie))];
  if (setCookies.length > 0) sent['set-cookie'] = setCookies;
  const bytes = body && 'bytes' in body ? { body: body.bytes } : {};
  return { status: Number(statusCode ?? 200), headers: sent, ...bytes };
};

/** Kestrel refuses a header with anything but printable ASCII, and the request ends as a failure. */
const isWritable = (name: string, value: string) => /^[!-~]+$/.test(name) && /^[\t -~]*$/.test(value);
