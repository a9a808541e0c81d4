import type { Log } from '../../log.ts';
import type { SourceName } from '../securityState.ts';
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

const notServed = [403, 404, 410];

/** Where what all processes know can't be read or written, only `auto` is concerned: the preview is asked, and composed where it is not served. */
export const createChosenSource = (sources: Choice, log: Pick<Log, 'warn'>): ChosenSource => ({
  async sourceOf(token) {
    if (token !== undefined && isOurs(token)) return 'composed';
    try {
      return (await sources.choose()).name;
    } catch (fault) {
      log.warn('Whether the preview is served can’t be looked up, and it is asked', { fault: String(fault) });
      return 'preview';
    }
  },
  async isInstead(status, token) {
    if (token !== undefined || !notServed.includes(status)) return false;
    try {
      return (await sources.instead(status)) !== undefined;
    } catch (fault) {
      log.warn('That the preview is not served can’t be remembered', { status, fault: String(fault) });
      return true;
    }
  },
});
