/** That a process may die, or stand still, at any moment, and above all where it meets the world. */
import type { Island } from '../time/timerHeap.ts';

/** Before and after what a process does outside itself. */
export const crossings = [
  'beforeRead',
  'readLeft',
  'readDone',
  'beforeWrite',
  'writeLeft',
  'writeDone',
  'beforeSend',
  'afterSend',
] as const;

export type Crossing = (typeof crossings)[number];

export interface Mortal {
  readonly island: Island;
  /** Happens when the process next comes there. */
  awaits(crossing: Crossing, happen: () => void): void;
  /** The process is there; true where it is dead, or dies of it. */
  reach(crossing: Crossing): boolean;
  die(): void;
}

/** @param onDeath once */
export const createMortal = (onDeath: () => void): Mortal => {
  const island: Island = { isDead: false, stillUntil: 0 };
  const fates = new Map<Crossing, () => void>();
  return {
    island,
    awaits(crossing, happen) {
      fates.set(crossing, happen);
    },
    reach(crossing) {
      const happen = fates.get(crossing);
      fates.delete(crossing);
      if (!island.isDead) happen?.();
      return island.isDead;
    },
    die() {
      if (island.isDead) return;
      island.isDead = true;
      onDeath();
    },
  };
};
