import type { HttpRequest } from '@azure/functions';
import type { Problem } from '../../http/problem.ts';

/** Bytes. */
const mostBytes = 4 * 1024 * 1024;

/** What need not be read to know that no alerts are in it, by the headers. Otherwise the content decides, not its type. */
export const unsuitable = (headers: HttpRequest['headers']): Problem | undefined => {
  const size = Number(headers.get('content-length'));
  if (size > mostBytes) {
    const message = `The body has ${size} bytes; ${mostBytes} are the most. Send the alerts in several requests.`;
    return { status: 413, code: 'RequestBodyTooLarge', message };
  }
  const type = headers.get('content-type')?.trim().slice(0, 80) ?? '';
  if (!/^multipart\//i.test(type)) return undefined;
  const message = `Alerts are taken as JSON, not as ${type}: send the JSON itself, with content-type: application/json.`;
  return { status: 415, code: 'UnsupportedMediaType', message };
};
