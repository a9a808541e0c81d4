import type { Call } from '../../../defender/call.ts';
import type { PageAnswer } from '../../source.ts';
import type { Staged } from '../staged/stage.ts';

/** How one list is read. */
export interface ListPlan {
  readonly call: Call;
  readonly staged: Staged;
  /** Rows that are asked for at a time; undefined where the call takes no options: then links alone lead on. */
  readonly size?: number | undefined;
  /** Rows of the last page that are asked for again, where offsets lead on. */
  readonly overlap: number;
  /** Whether its links lead on, those with a `$skiptoken`. */
  readonly followsLinks: boolean;
  /** What it means that the list is not there (403, 404, 410): that it has no rows here, or what is told instead. */
  readonly notServed: (answer: NotServed, isFirst: boolean) => NotPage | 'empty';
}

/** Anything but rows. */
export type NotPage = Exclude<PageAnswer, { readonly kind: 'page' }>;
export type NotServed = Extract<PageAnswer, { readonly kind: 'notServed' }>;

/** It is so for good. */
export const refusedBy = ({ reason }: NotServed): NotPage => ({ kind: 'refused', reason });
