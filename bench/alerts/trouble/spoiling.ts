/** What goes wrong with one request to storage. Pure but for the numbers that it is given. */
export type Spoil =
  | { readonly kind: 'none' }
  /** 503, as a storage service says that has too much to do; nothing was done. */
  | { readonly kind: 'busy' }
  /** The connection ends before the service has heard of it. */
  | { readonly kind: 'cutBefore' }
  /** The service does it, and the connection ends before the caller hears of it. */
  | { readonly kind: 'cutAfter' }
  | { readonly kind: 'slow'; readonly milliseconds: number };

export const spoilKinds = ['busy', 'cutBefore', 'cutAfter', 'slow'] as const;

/** @param share of the requests that are spoilt @param random 0 to 1 */
export const spoilOf = (share: number, random: () => number): Spoil => {
  if (random() >= share) return { kind: 'none' };
  const kind = spoilKinds[Math.floor(random() * spoilKinds.length)] ?? 'busy';
  return kind === 'slow' ? { kind, milliseconds: 500 + random() * 4_500 } : { kind };
};
