/** Bad times that come and go: calm, then a while in which something is done, until told to stop. */
import type { Clock } from '../../../src/clock.ts';

export interface SpellOptions {
  /** Milliseconds, from the least to the most. */
  readonly calm: readonly [number, number];
  readonly trouble: readonly [number, number];
  /** What is bad about it; called anew for each spell. */
  begin(): Promise<void> | void;
  /** All is well again; called, too, when it stops. */
  end(): Promise<void> | void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** @returns how many there were, when it was stopped */
export const runSpells = async ({
  calm,
  trouble,
  begin,
  end,
  clock,
  random,
  signal,
}: SpellOptions): Promise<number> => {
  const within = ([least, most]: readonly [number, number]) => least + random() * (most - least);
  for (let spells = 0; ; spells += 1) {
    await clock.sleep(within(calm), signal);
    if (signal.aborted) return spells;
    await begin();
    await clock.sleep(within(trouble), signal);
    await end();
  }
};
