import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { SourceName } from '../securityState.ts';
import { lately } from './lately.ts';
import { isOurs } from './place.ts';

/** Which source a request is for, and when the other one is to take its place. */
export interface ChosenSource {
  /** A walk goes on in the source that it began in. @param token the `$skiptoken`, if any */
  sourceOf(token: string | undefined): Promise<SourceName>;
  /**
   * Whether states are to be composed, now that the preview answered so: it is not served (404, 410), or not for this application (403), and
   * the setting allows the other source. That is remembered for a day, for all processes. What the preview says of a token is no such word.
   */
  isInstead(status: number, token: string | undefined): Promise<boolean>;
}

/** As much of `Sources` as it takes. */
export interface Choice {
  choose(): Promise<{ readonly name: SourceName }>;
  instead(status: number): Promise<{ readonly name: SourceName } | undefined>;
}

export interface ChosenSourceOptions {
  readonly sources: Choice;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Pick<Log, 'warn'>;
}

const notServed = [403, 404, 410];

/**
 * What all processes know is looked up once a minute. Where it can't be read or written, only `auto` is concerned: the preview is asked, and
 * states are composed where it is not served.
 */
export const createChosenSource = ({ sources, clock, log }: ChosenSourceOptions): ChosenSource => {
  const choose = async (): Promise<SourceName> => {
    try {
      return (await sources.choose()).name;
    } catch (fault) {
      log.warn('Whether the preview is served can’t be looked up, and it is asked', { fault: String(fault) });
      return 'preview';
    }
  };
  const instead = async (status: number): Promise<SourceName> => {
    try {
      return (await sources.instead(status))?.name ?? 'preview';
    } catch (fault) {
      log.warn('That the preview is not served can’t be remembered', { status, fault: String(fault) });
      return 'composed';
    }
  };
  const chosen = lately(choose, clock);
  return {
    sourceOf: async (token) => (token !== undefined && isOurs(token) ? 'composed' : chosen.get()),
    async isInstead(status, token) {
      if (token !== undefined || !notServed.includes(status)) return false;
      const name = await instead(status);
      chosen.set(name);
      return name === 'composed';
    },
  };
};
