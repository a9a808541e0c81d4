import type { IncomingMessage } from 'node:http';

const mostBytes = 65_536;

/** Reads a request's body as the fields of a form. @throws Error whose message is fit for the caller where it is longer than 64 KiB */
export const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const piece of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += piece;
    if (text.length > mostBytes) throw new Error('the body is longer than 64 KiB');
  }
  return new URLSearchParams(text);
};
