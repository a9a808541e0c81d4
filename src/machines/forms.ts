/** Which form of merged questions Defender takes, as far as it has shown: what it refused is not tried again for some hours. */
import type { Clock } from '../clock.ts';

export interface Forms {
  /** The first form to try in a lane, as an index into its forms; one behind the last where none is taken. */
  level(lane: string): number;
  /** What was refused in a lower form was taken in this one. */
  learn(lane: string, level: number): void;
  /** A lookup that was refused in every form was asked alone. Several that were taken in a row say that it was the forms' fault. */
  wasAlone(lane: string, isTaken: boolean, alone: number): void;
}

const rememberedMs = 6 * 3_600_000;
/** More than the smallest form holds: a single lookup that Defender refuses in any company would be among them. */
const enoughAlone = 6;

export const createForms = (clock: Pick<Clock, 'monotonic'>): Forms => {
  const taken = new Map<string, number>();
  const learnt = new Map<string, { readonly level: number; readonly until: number }>();
  const level = (lane: string): number => {
    const known = learnt.get(lane);
    return known && known.until > clock.monotonic() ? known.level : 0;
  };
  const learn = (lane: string, to: number): void => {
    if (to > level(lane)) learnt.set(lane, { level: to, until: clock.monotonic() + rememberedMs });
  };
  return {
    level,
    learn,
    wasAlone(lane, isTaken, alone) {
      taken.set(lane, isTaken ? 1 + (taken.get(lane) ?? 0) : 0);
      if ((taken.get(lane) ?? 0) >= enoughAlone) learn(lane, alone);
    },
  };
};
