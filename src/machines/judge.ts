/** Whether a kept answer will do for somebody, by its age alone. Seconds everywhere (RFC 9111, section 4.2; RFC 5861, section 4). */
import type { Freshness } from './wish.ts';

/** Of a kept answer: how old it is, by the start of its call, and how long it is fresh. */
export interface Aged {
  readonly age: number;
  readonly lifetime: number;
}

export type Verdict =
  | 'usable'
  /** It is past its freshness. */
  | 'stale'
  /** It is fresh, but who asks wants a newer one. */
  | 'request';

/** Whether the answer may be given without asking Defender. */
export const judge = ({ age, lifetime }: Aged, freshness: Freshness): Verdict => {
  const { isNew, maxAge, minFresh, maxStale } = freshness;
  if (isNew) return 'request';
  const left = Math.min(lifetime, maxAge) - age;
  if (left >= minFresh || (left < 0 && -left <= maxStale)) return 'usable';
  return lifetime - age < 0 ? 'stale' : 'request';
};

/** Whether the answer may be given in place of Defender's where that can't be had; never to somebody who wants a new one. */
export const isGoodEnough = ({ age, lifetime }: Aged, { isNew, maxAge, staleIfError }: Freshness): boolean =>
  !isNew && staleIfError > 0 && age - Math.min(lifetime, maxAge) <= staleIfError;
