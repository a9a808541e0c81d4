/** Whether a list came, and what is told where it did not. */
import type { Answered } from '../../defender/answer.ts';
import type { Call } from '../../defender/call.ts';
import type { Answering, Unheard } from './asking.ts';

export type Heard<T extends Answering> = { readonly kind: 'heard'; readonly answered: Answered } | Unheard<T>;

/**
 * What Defender says of another path than the caller's, such as 403, is told with the path that it is about; 404 least of all is to be taken
 * for the caller's own.
 */
export const heard = <T extends Answering>(told: T, call: Call): Heard<T> => {
  const { answer } = told;
  if (answer.kind !== 'answered') return { kind: 'unheard', told, call };
  if (answer.status === 200) return { kind: 'heard', answered: answer };
  if (answer.status === 404) return unreadable(told, call, 404, 'an error');
  const ofList = `This is what Defender said of ${call.path}, of which security states are composed.`;
  const warning = [answer.warning, ofList].filter((each) => each !== undefined).join(' ');
  return { kind: 'unheard', told: { ...told, answer: { ...answer, warning } }, call };
};

/** The list came, and is none. */
export const unreadable = <T extends Answering>(told: T, call: Call, status: number, what: unknown): Unheard<T> => {
  const reason = `Defender answered ${status} for ${call.path}, of which security states are composed: ${what}`;
  return { kind: 'unheard', told: { ...told, answer: { kind: 'unreachable', reason } }, call };
};

/** Of two that did not come, the one that takes longer to be had: who comes back before that comes in vain. */
export const laterOf = <T extends Answering>(one: Unheard<T>, other: Unheard<T>): Unheard<T> =>
  waitOf(other) > waitOf(one) ? other : one;

const waitOf = ({ told: { answer } }: Unheard<Answering>): number =>
  answer.kind === 'throttled' || answer.kind === 'closed' ? answer.retryAfterSeconds : 0;
