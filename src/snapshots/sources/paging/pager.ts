/**
 * Reads a list page by page: by links where they can be followed, else by offsets, with pages that overlap (docs/decisions/008). All that it
 * knows is in the cursor, so that any process can go on.
 */
import type { Clock } from '../../../clock.ts';
import type { Defender } from '../../../defender/client.ts';
import { type GoneOn, goOn, type Look } from '../../../defender/paging/goOn.ts';
import type { ListCursor } from '../../run.ts';
import type { PageAnswer, PageOptions } from '../../source.ts';
import { stage } from '../staged/stage.ts';
import { announcedIn } from './links.ts';
import type { ListPlan, NotPage } from './listPlan.ts';
import { nextOf } from './next.ts';
import { noRows, type Outcome, outcomeOf, type Rows } from './outcome.ts';
import { cursorOf, type Position, positionOf } from './position.ts';

export type Pager = (cursor: ListCursor | undefined, options: PageOptions) => Promise<PageAnswer>;

export interface PagerContext {
  readonly defender: Pick<Defender, 'ask'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

type Gone = GoneOn<Rows, NotPage>;
type Ask = (query: string) => Promise<Outcome>;

export const createPager =
  ({ defender, clock }: PagerContext, plan: ListPlan): Pager =>
  async (cursor, { waitMs, buckets, onSent }) => {
    const answerBy = clock.monotonic() + waitMs;
    const { call } = plan;
    const ask: Ask = async (query) => {
      const question = { call, path: call.path, query, options: {} };
      const leftMs = Math.max(0, answerBy - clock.monotonic());
      return outcomeOf(await defender.ask(call, () => question, { waitMs: leftMs, priority: 'background', onSent }));
    };
    const position = positionOf(cursor);
    const gone = await (position.query === undefined
      ? byOffset(plan, position, ask)
      : byLink(plan, position, position.query, ask));
    return gone.kind === 'else' ? gone.instead : pageOf(plan, position, gone, buckets);
  };

const byOffset = (plan: ListPlan, position: Position, ask: Ask): Promise<Gone> =>
  goOn(position, async (start) => lookOf(plan, position, await ask(queryAt(start, plan)), start));

const byLink = async (plan: ListPlan, position: Position, query: string, ask: Ask): Promise<Gone> => {
  const look = lookOf(plan, position, await ask(query), position.offset);
  if (look.kind === 'else') return look;
  return { kind: 'goneOn', window: look, rows: look.sliced.starts.map((_, row) => row), isLost: false };
};

const queryAt = (start: number, { size }: ListPlan): string => {
  if (size === undefined) return '';
  return start === 0 ? `?$top=${size}` : `?$top=${size}&$skip=${start}`;
};

const lookOf = (plan: ListPlan, { progress }: Position, outcome: Outcome, start: number): Look<Rows, NotPage> => {
  if (outcome.kind === 'rows') return windowOn(outcome, start);
  if (outcome.kind !== 'notServed') return { kind: 'else', instead: outcome };
  const meant = plan.notServed(outcome, progress.pages === 0);
  return meant === 'empty' ? windowOn(noRows, start) : { kind: 'else', instead: meant };
};

const windowOn = (page: Rows, start: number): Look<Rows, NotPage> => ({ ...page, kind: 'window', page, start });

const pageOf = (
  plan: ListPlan,
  position: Position,
  gone: Gone & { readonly kind: 'goneOn' },
  buckets: number,
): PageAnswer => {
  const { window, rows, isLost } = gone;
  const { body, sliced } = window;
  const staged = stage(body, sliced, rows, plan.staged, buckets);
  if (staged.kind === 'broken') return refused(`Defender answered 200 with a body that is no JSON: ${staged.fault}`);
  if (position.progress.pages === 0 && rows.length > 0 && staged.unreadable === rows.length)
    return refused(`none of ${rows.length} rows says by '${plan.staged.idName}' which machine it is of`);
  const next = nextOf(plan, position, gone);
  if (next.kind === 'stuck') return refused(next.reason);
  return {
    kind: 'page',
    rows: staged.rows,
    received: rows.length,
    announced: announcedIn(body, sliced),
    hasSlipped: isLost,
    next: next.kind === 'end' ? undefined : cursorOf(next.position),
  };
};

const refused = (reason: string): PageAnswer => ({ kind: 'refused', reason });
