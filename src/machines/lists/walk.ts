/** What the steps of a list share: a page with its changes, and the link to the next one. */
import type { Clock } from '../../clock.ts';
import type { Answer } from '../../defender/answer.ts';
import type { Question, Wrong } from '../../defender/question.ts';
import type { PageKey } from '../pageKey.ts';
import type { Told } from '../told.ts';
import type { Wish } from '../wish.ts';
import { type Page, unreadable, withBody } from './page.ts';
import { type PageChanges, pageBody } from './pageBody.ts';
import { type Position, writeToken } from './pageToken.ts';

export interface Walk {
  readonly ask: (question: Question, wish: Wish) => Promise<Told>;
  readonly pageKey: PageKey;
  readonly clock: Pick<Clock, 'monotonic' | 'wall'>;
  readonly pageSize: number;
  readonly overlap: number;
  readonly mostPages: number;
}

export interface AskedList {
  readonly question: Question;
  readonly wish: Wish;
  /** The caller's address of this call, without query. */
  readonly here: string;
}

export type Listed = { readonly kind: 'told'; readonly told: Told } | Wrong;

export const told = (what: Told): Listed => ({ kind: 'told', told: what });

export const wrong = (message: string): Wrong => ({ kind: 'wrong', code: 'ODataError', message });

/** The page as the caller gets it. */
export const changed = (page: Page, changes: PageChanges, warning?: string): Listed => {
  try {
    return told(withBody(page.told, page.answered, pageBody(page.answered.body, page.sliced, changes), warning));
  } catch (fault) {
    return told(unreadable(page.told, fault));
  }
};

/** The page with a link to what comes behind it. */
export const linked = async (
  walk: Walk,
  { here }: AskedList,
  page: Page,
  changes: PageChanges,
  next: Position,
  warning?: string,
): Promise<Listed> => {
  const key = await keyOf(walk);
  if (key.kind !== 'key') return key;
  const token = writeToken(next, key.key);
  if (token === undefined) return wrong(tooLong(next));
  return changed(page, { ...changes, link: `${here}?$skiptoken=${token}` }, warning);
};

export const keyOf = async ({
  pageKey,
}: Walk): Promise<{ readonly kind: 'key'; readonly key: Uint8Array } | (Listed & { kind: 'told' })> => {
  try {
    return { kind: 'key', key: await pageKey.get() };
  } catch (fault) {
    const reason = `the key of links to next pages can't be had: ${fault instanceof Error ? fault.message : fault}`;
    const answer: Answer = { kind: 'closed', retryAfterSeconds: 5, reason };
    return { kind: 'told', told: { answer, source: { kind: 'defender', because: 'miss', isShared: false } } };
  }
};

const tooLong = ({ size, filter = '' }: Position): string =>
  `$filter: more than ${size} machines match, and it is too long (${filter.length} characters) for the link to the rest. ` +
  'Make it shorter, or walk with $top and $skip';
