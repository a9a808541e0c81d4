/**
 * A body as a member of a JSON document ("OData JSON Format Version 4.01", 19.1): JSON as its own bytes, text as a string, anything
 * else as base64url. JSON is not parsed; it is looked at as far as it takes to keep one broken answer from breaking them all.
 */
import { isUtf8 } from 'node:buffer';
import { looksLikeJson } from '../../defender/body.ts';

/** @returns bytes of JSON; undefined where the body says it is JSON and is not */
export const bodyAsJson = (headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array | undefined => {
  const type = headers['content-type'] ?? '';
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (isPlain && /^application\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(type)) {
    const text = withoutMark(body);
    return isUtf8(text) && looksLikeJson(type, text) ? text : undefined;
  }
  if (isPlain && /^text\//i.test(type)) return quoted(new TextDecoder().decode(body));
  return quoted(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64url'));
};

/** Without the byte order mark, which may stand at the start of a document and nowhere else. */
const withoutMark = (body: Uint8Array): Uint8Array =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;

const quoted = (text: string): Uint8Array => new TextEncoder().encode(JSON.stringify(text));
