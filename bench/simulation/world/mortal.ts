/** That a process may die at any moment, and above all where it meets the world. */
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
  /** It is to die when it next comes here. */
  doom(crossing: Crossing): void;
  /** The process is here; true where it dies of it. */
  reach(crossing: Crossing): boolean;
  die(): void;
}

/** @param onDeath once */
export const createMortal = (onDeath: () => void): Mortal => {
  const island: Island = { isDead: false, stillUntil: 0 };
  let doomed: Crossing | undefined;
  const die = () => {
    if (island.isDead) return;
    island.isDead = true;
    onDeath();
  };
  return {
    island,
    doom(crossing) {
      doomed = crossing;
    },
    reach(crossing) {
      if (island.isDead || crossing !== doomed) return island.isDead;
      die();
      return true;
    },
    die,
  };
};
