import { LostAnswer } from '../../../src/quota/ledger.ts';

/** Leaves some writes to the store without an answer, as a network does: half of them before they are made, half after. */
export interface Unanswered {
  <T>(write: () => Promise<T>): Promise<T>;
  readonly dropped: { readonly before: number; readonly after: number };
}

/** @param draw numbers in [0, 1) */
export const createUnanswered = (perMille: number, draw: () => number): Unanswered => {
  const dropped = { before: 0, after: 0 };
  const drop = (when: keyof typeof dropped) => {
    dropped[when] += 1;
    return new LostAnswer(`the bench dropped the answer ${when} the write`);
  };
  const pass = async <T>(write: () => Promise<T>): Promise<T> => {
    const isLost = draw() < perMille / 1000;
    if (isLost && draw() < 0.5) throw drop('before');
    const written = await write();
    if (isLost) throw drop('after');
    return written;
  };
  return Object.assign(pass, { dropped });
};
