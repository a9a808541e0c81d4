/** Whether a reply is the answer, or the question is to be asked again, and when. Pure. */
import type { Operation } from '../operation.ts';
import { backOff, spread } from '../times.ts';
import type { OperationReply, Tried } from './reply.ts';

/** `over`: it can't be asked again before its deadline, so what came is the answer. */
export type Judged = { readonly kind: 'over' } | Later;

export interface Later {
  readonly kind: 'later';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the last try. */
  readonly refusedWith?: number | undefined;
  /** Otherwise it was sent away before it was tried. */
  readonly isInVain: boolean;
  /** It was answered with 500. */
  readonly isFault?: boolean;
}

export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** At least 0, below 1. */
  readonly random: number;
}

/** "Not now", whoever says it: the quota, the gateway, Defender, or nobody in time. */
const notNow = new Set([429, 502, 503, 504]);
/** A fault of ours or of Defender's may be one that stays. */
const mostFaults = 3;
const busySeconds = 10;

/** Whether another reply may come of it later. */
export const isForLater = (status: number): boolean => notNow.has(status);

export const judge = (operation: Operation, tried: Tried, { now, random }: Moment): Judged => {
  const wanted = wantedOf(operation, tried);
  if (!wanted || now + wanted.seconds * 1000 > operation.deadline) return { kind: 'over' };
  const { seconds, ...later } = wanted;
  return { kind: 'later', ...later, at: Math.min(now + spread(seconds, random) * 1000, operation.deadline) };
};

/** The same after a fault of which nobody could make a reply. */
export const afterFault = ({ tries, deadline }: Operation, { now, random }: Moment): Judged => {
  const at = now + spread(backOff(tries), random) * 1000;
  return at > deadline ? { kind: 'over' } : { kind: 'later', at, isInVain: true };
};

/** `Retry-After` in seconds; undefined where it says none. */
export const secondsOf = (headers: Readonly<Record<string, string>>): number | undefined => {
  const written = headers['retry-after'];
  return written !== undefined && /^\d{1,9}$/.test(written) ? Number(written) : undefined;
};

type Wanted = Omit<Later, 'kind' | 'at'> & { readonly seconds: number };

/** After how long it is to be asked again, if at all. */
const wantedOf = ({ tries, faults = 0 }: Operation, tried: Tried): Wanted | undefined => {
  if (tried.kind === 'busy') return { seconds: busySeconds, isInVain: false };
  const { status } = tried.reply;
  const isFault = status === 500 && faults + 1 < mostFaults;
  if (!isFault && !isForLater(status)) return undefined;
  return { seconds: waitAfter(tried.reply, tries), refusedWith: status, isInVain: status !== 429, isFault };
};

/** What the quota promises is kept to; whoever else says when may be too hopeful. */
const waitAfter = ({ status, headers }: OperationReply, tries: number): number => {
  const said = secondsOf(headers);
  return status === 429 && said !== undefined ? said : Math.max(said ?? 0, backOff(tries));
};
