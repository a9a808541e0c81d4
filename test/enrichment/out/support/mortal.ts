/** Steps of a process that may fail, or be its last. */
export interface Mortal {
  /** To be called at each step. @throws Error at the one that was chosen; after the last one at all others, too */
  readonly step: () => void;
  /** Fails once, so many steps from now. */
  failAt(steps: number): void;
  /** Dies, so many steps from now. */
  dieAt(steps: number): void;
  /** Somebody else takes its place, or time goes on without what was to fail. */
  revive(): void;
}

export const mortal = (): Mortal => {
  let left = Number.POSITIVE_INFINITY;
  let isLast = false;
  return {
    step() {
      left -= 1;
      if (left === 0 || (isLast && left < 0)) throw new Error(isLast ? 'killed' : 'storage failed');
    },
    failAt(steps) {
      [left, isLast] = [steps, false];
    },
    dieAt(steps) {
      [left, isLast] = [steps, true];
    },
    revive() {
      left = Number.POSITIVE_INFINITY;
    },
  };
};
