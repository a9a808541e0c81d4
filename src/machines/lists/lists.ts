/**
 * Lists of machines as a caller gets them: pages that end, `$select`, `$orderby` and `$count` done here, or refused where they could not be
 * right. Defender's own paging has no link where `$top` is given, and an endless one where it is not (microsoft-365-docs issues 8316 and 8489).
 */
import type { Clock } from '../../clock.ts';
import type { Question } from '../../defender/question.ts';
import type { PageKey } from '../pageKey.ts';
import type { Told } from '../told.ts';
import type { Wish } from '../wish.ts';
import { firstPage } from './firstPage.ts';
import { planList } from './listPlan.ts';
import { nextPage } from './nextPage.ts';
import { otherCall } from './otherCall.ts';
import { passedOn } from './passedOn.ts';
import type { Listed } from './walk.ts';
import { wholeList } from './wholeList.ts';

export interface Lists {
  /**
   * Any question may be asked; those that are no lists of machines are asked as they are.
   *
   * @param here the caller's address of this call, without query: where links to next pages lead
   */
  ask(question: Question, wish: Wish, here: string): Promise<Listed>;
}

export interface ListOptions {
  readonly ask: (question: Question, wish: Wish) => Promise<Told>;
  readonly pageKey: PageKey;
  readonly clock: Pick<Clock, 'monotonic' | 'wall'>;
  /** Machines in a full answer of Defender's: 10,000 ("List machines API"), or what it really gives if that is fewer. */
  readonly pageSize?: number;
  /** How many rows of the last page are asked for again, to see what came and went meanwhile; at most 255. */
  readonly overlap?: number;
  /** In a walk; 1,000 are ten million machines. */
  readonly mostPages?: number;
}

export const createLists = (options: ListOptions): Lists => {
  const walk = { pageSize: 10_000, overlap: 50, mostPages: 1000, ...options };
  return {
    async ask(question, wish, here) {
      const asked = { question, wish, here };
      if (question.call.name !== 'listMachines') return otherCall(walk, asked);
      const plan = planList(question.options, wish.groups !== undefined);
      switch (plan.kind) {
        case 'page':
          return firstPage(walk, asked, plan.select);
        case 'next':
          return nextPage(walk, asked, plan.token);
        case 'whole':
          return wholeList(walk, asked, plan);
        case 'passedOn':
          return passedOn(walk, asked);
        case 'wrong':
          return plan;
      }
    },
  };
};
