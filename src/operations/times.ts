/** When an operation is tried again, and when it is worth a look. Pure. Seconds, where a name does not say otherwise. */
import type { Operation } from './operation.ts';

const firstRetry = 15;
const mostRetry = 600;

/** After so many tries in vain, the one at hand not counted. */
export const backOff = (tries: number): number => Math.min(mostRetry, firstRetry * 2 ** tries);

/** Those that were sent away until the same instant come back one after another. @param random at least 0, below 1 */
export const spread = (seconds: number, random: number): number => seconds + random * Math.min(30, seconds / 4);

const mostNextLook = 300;

/** What a poller is told: not before the next try, and the less often the longer it has waited. @param now milliseconds since 1970 */
export const nextLookSeconds = ({ due, createdAt }: Pick<Operation, 'due' | 'createdAt'>, now: number): number => {
  const age = (now - createdAt) / 1000;
  const usual = age < 30 ? 2 : age < 300 ? 5 : 15;
  return Math.min(mostNextLook, Math.max(usual, Math.ceil((due - now) / 1000) + 1));
};
