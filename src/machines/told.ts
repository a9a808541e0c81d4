/** What somebody who asked is told: the answer, and where it came from. */
import type { Answer } from '../defender/answer.ts';
import type { Call } from '../defender/call.ts';

export interface Told {
  readonly answer: Answer;
  readonly source: Source;
  /** Of a list that was narrowed to device groups: as it was, for who reads page by page. No caller's to know. */
  readonly before?: Before | undefined;
}

export interface Before {
  readonly rows: number;
  /** Defender said that there are more. */
  readonly hasLink: boolean;
}

export type Source =
  /** It was kept. `freshFor` is negative where it is stale, which only who allowed it gets. */
  | {
      readonly kind: 'cache';
      /** Seconds since the call that it came from began. */
      readonly age: number;
      /** Seconds. */
      readonly freshFor: number;
      /** Where Defender was to be asked and could not be: why. */
      readonly insteadOf?: string | undefined;
    }
  /** Defender was asked. */
  | {
      readonly kind: 'defender';
      /** Why no kept answer would do: there was none, it was stale, the caller wanted a newer one. */
      readonly because: 'miss' | 'stale' | 'request';
      /** Seconds since the call began; undefined where no answer came of it. */
      readonly age?: number | undefined;
      /** How long it is fresh; undefined where it was not kept. */
      readonly freshFor?: number | undefined;
      /** The call was another caller's, or was shared with others. */
      readonly isShared: boolean;
      /** Whose quota was asked: a machine's lookup travels with others as a list. */
      readonly call?: Call | undefined;
    }
  /** Nothing was kept, and nothing might be asked (`only-if-cached`). */
  | { readonly kind: 'nowhere' };
