/** What an attempt came to, where nothing is special about the status that was answered. */
import { headerSeconds } from '../../../defender/defenderError.ts';
import type { Sent } from '../channel.ts';
import type { Attempt } from './attempt.ts';

/** Seconds. Nobody waits longer for a receiver, for after a day a delivery is given up. */
const longestWait = 86_400;

/** @param wallMs now, for a date in `Retry-After` */
export const sentBy = (made: Attempt, wallMs: number): Sent => {
  if (made.kind === 'unanswered') return { kind: 'failed', reason: short(made.reason) };
  const { status, retryAfter, text } = made;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const seconds = headerSeconds(retryAfter, wallMs);
  return {
    kind: 'failed',
    reason: short(`it answered ${status}${text.trim() === '' ? '' : `: ${text}`}`),
    ...(seconds === undefined ? {} : { retryAfterSeconds: Math.min(longestWait, Math.ceil(seconds)) }),
  };
};

const mostCharacters = 200;

/** On one line, for whoever looks up why something was not delivered. */
const short = (text: string): string => {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join('')}…` : line;
};
