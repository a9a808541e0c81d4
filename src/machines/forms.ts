/** Which form of merged questions Defender takes, as far as it has shown: what it refused is not tried again for a quarter of an hour. */
import type { Clock } from '../clock.ts';
import type { Lookup } from './lookup.ts';

export interface Forms {
  /** The first form to try in a lane, as an index into its forms; one behind the last where none is taken. */
  level(lane: string): number;
  /** The lookups of a call that was refused, on their way to other forms. */
  trial(lookups: readonly Lookup[]): Trial;
}

/** Whether it was the form that was refused, or one of the lookups: that one would be refused in any company, and nothing is learnt. */
export interface Trial {
  /** @param level the form in which Defender took it; `refused` where it was refused alone, too */
  ended(lookup: Lookup, level: number | 'refused'): void;
}

/** A refused form costs a call to try again; a form that is not tried, where refusals were a passing fault, costs thirty. */
const rememberedMs = 15 * 60_000;

export const createForms = (clock: Pick<Clock, 'monotonic'>): Forms => {
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
    trial(lookups) {
      const taken = new Map<Lookup, number>();
      let isTheirFault = false;
      return {
        ended(lookup, how) {
          if (how === 'refused') isTheirFault = true;
          else taken.set(lookup, how);
          if (!isTheirFault && taken.size === lookups.length) learn(lookup.lane, Math.max(...taken.values()));
        },
      };
    },
  };
};
