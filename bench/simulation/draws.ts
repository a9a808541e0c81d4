/** Numbers that a seed determines, from a source of its own for each purpose, so that one more draw in one place moves nothing elsewhere. */
import { randomOf } from '../quota/random.ts';

export interface Draws {
  /** In [0, 1). */
  readonly random: () => number;
  chance(share: number): boolean;
  between(least: number, most: number): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** The gap to the next of events that come independently of one another (exponential). */
  gap(mean: number): number;
  /** Another source, determined by this one's seed and the purpose alone. */
  fork(purpose: string): Draws;
}

export const drawsOf = (seed: number): Draws => {
  const random = randomOf(seed);
  return {
    random,
    chance: (share) => random() < share,
    between: (least, most) => least + random() * (most - least),
    below: (below) => Math.floor(random() * below),
    pick: (from) => {
      const picked = from[Math.floor(random() * from.length)];
      if (picked === undefined) throw new Error('there is nothing to pick from');
      return picked;
    },
    gap: (mean) => -mean * Math.log(1 - random()),
    fork: (purpose) => drawsOf(hash(seed, purpose)),
  };
};

/** FNV-1a, from the seed on. */
const hash = (seed: number, text: string): number => {
  let mixed = Math.imul(seed ^ 0x811c9dc5, 0x01000193);
  for (let i = 0; i < text.length; i++) mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x01000193);
  return mixed;
};
