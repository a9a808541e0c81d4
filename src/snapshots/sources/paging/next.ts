import { type GoneOn, overlapOf } from '../../../defender/paging/goOn.ts';
import { lastMarks } from '../../../defender/paging/marks.ts';
import { type Link, linkIn } from './links.ts';
import type { ListPlan, NotPage } from './listPlan.ts';
import type { Rows } from './outcome.ts';
import type { Position } from './position.ts';
import { step } from './progress.ts';

export type Next =
  | { readonly kind: 'end' }
  | { readonly kind: 'further'; readonly position: Position }
  | { readonly kind: 'stuck'; readonly reason: string };

/** Where the next page begins. */
export const nextOf = (
  plan: ListPlan,
  { progress }: Position,
  { window, rows }: GoneOn<Rows, NotPage> & { readonly kind: 'goneOn' },
): Next => {
  const { body, sliced, start } = window;
  const came = sliced.starts.length;
  const link = plan.followsLinks || plan.size !== undefined ? linkIn(body, sliced) : none;
  const query = plan.followsLinks && link.kind === 'token' ? link.query : undefined;
  if (query === undefined && !leadsOn(plan, link, came, rows.length)) return { kind: 'end' };
  if (query === undefined && plan.size === undefined) return { kind: 'stuck', reason: noToken };

  const made = step(progress, lastMarks(body, sliced, came), rows.length);
  if (made.kind === 'stuck') return made;
  const size = Math.min(came, plan.size ?? came);
  const marks = plan.size === undefined ? [] : lastMarks(body, sliced, overlapOf(size, plan.overlap));
  return { kind: 'further', position: { offset: start + came, size, marks, query, progress: made.progress } };
};

const none: Link = { kind: 'none' };

const noToken = "Defender says that there are more rows, with an '@odata.nextLink' that has no $skiptoken to go on by";

/**
 * Whether there is more, without a link that can be followed. A page that is short is the last one, unless it has a link, or a round number of
 * rows: then Defender may give no more at a time than that, whatever is asked for (one client says 1,000).
 */
const leadsOn = ({ size }: ListPlan, link: Link, came: number, fresh: number): boolean => {
  if (size === undefined) return link.kind !== 'none';
  if (came >= size) return true;
  return fresh > 0 && (link.kind !== 'none' || came % 1000 === 0);
};
