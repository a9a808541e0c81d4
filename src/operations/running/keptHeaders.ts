import type { KeptAnswer } from '../operation.ts';
import { secondsOf } from './judge.ts';

/** What was true of the answer as it was given, and is told anew with each that gives it: or belongs to whoever asked that time. */
const notKept =
  /^(?:age|retry-after|ratelimit(?:-policy)?|x-request-id|vary|preference-applied|date|location|set-cookie|content-(?:encoding|length)|connection|keep-alive|transfer-encoding)$/;

/** @param headers names in lower case */
export const keptHeaders = (
  headers: Readonly<Record<string, string>>,
): Pick<KeptAnswer, 'headers' | 'age' | 'retryAfter'> => ({
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !notKept.test(name))),
  age: /^\d{1,9}$/.test(headers.age ?? '') ? Number(headers.age) : undefined,
  retryAfter: secondsOf(headers),
});
