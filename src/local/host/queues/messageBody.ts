import type { MessageEncoding } from './queueSettings.ts';

export type MessageBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** Not what the encoding says. Such a message goes to the poison queue without being tried. */
  | { readonly kind: 'undecodable' };

/** The bytes that a stored message stands for. */
export const decodeBody = (text: string, encoding: MessageEncoding): MessageBody => {
  if (encoding === 'none') return { kind: 'bytes', bytes: Buffer.from(text) };
  return isBase64(text) ? { kind: 'bytes', bytes: Buffer.from(text, 'base64') } : { kind: 'undecodable' };
};

/** The text to store for a message. */
export const encodeBody = (body: string | Uint8Array, encoding: MessageEncoding): string =>
  Buffer.from(body).toString(encoding === 'base64' ? 'base64' : 'utf8');

/** Bytes as text; `undefined` where they are no UTF-8. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** As .NET reads it: padded to a multiple of four, white space anywhere. */
const isBase64 = (text: string): boolean => {
  const compact = text.replace(/[ \t\r\n]/g, '');
  return compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
};
