/** What a caller's options come to: how a list of machines is asked for. */
import type { Wrong } from '../../defender/question.ts';
import { canEvaluate } from '../../odata/canEvaluate.ts';
import type { Expression } from '../../odata/expression.ts';
import { type OrderKey, parseOrderBy } from '../../odata/orderBy.ts';
import type { QueryOptions } from '../../odata/queryOptions.ts';
import { parseSelect } from '../../odata/select.ts';
import { type SplitFilter, splitFilter } from '../groups/splitFilter.ts';
import { clipped, readMachinePath } from './machinePath.ts';
import { wrong } from './walk.ts';

export type ListPlan =
  /** Page by page, each as Defender gives it. */
  | { readonly kind: 'page'; readonly select: Select }
  /** What comes behind an earlier page. */
  | { readonly kind: 'next'; readonly token: string }
  /** All that match at once, because they are ordered, counted, or chosen from here. */
  | {
      readonly kind: 'whole';
      readonly select: Select;
      readonly order: readonly OrderKey[];
      readonly isCounted: boolean;
      readonly filter: SplitFilter;
    }
  /** With options that only Defender can answer. */
  | { readonly kind: 'passedOn' }
  | Wrong;

/** Paths as documented; undefined for all properties. */
export type Select = readonly string[] | undefined;

/** @param isBound to device groups */
export const planList = (options: QueryOptions, isBound: boolean): ListPlan => {
  const { select: selected, orderBy, count = false, others = {} } = options;
  if (others.$skiptoken !== undefined) return planNext(options, others.$skiptoken);
  if (Object.keys(others).length > 0) return { kind: 'passedOn' };
  const select = readSelect(selected);
  if (select.kind === 'wrong') return select;
  const filter = isBound ? splitFilter(options.filter) : { sent: options.filter };
  if (orderBy === undefined && !count && !filter.here) return { kind: 'page', select: select.paths };
  const order = readOrder(orderBy);
  if (order.kind === 'wrong') return order;
  return (
    notDoneHere(filter.here) ?? { kind: 'whole', select: select.paths, order: order.keys, isCounted: count, filter }
  );
};

/** What is wrong with a filter that has to be worked out here; undefined where it can be. */
export const notDoneHere = (filter?: Expression): Wrong | undefined => {
  const can = filter && canEvaluate(filter);
  if (can?.kind !== 'unsupported') return undefined;
  return wrong(
    `$filter: a caller bound to device groups can't use '${can.what}' here, because Defender would work it out with machines of other groups. Leave it out`,
  );
};

/** Reads `$select` and checks it. */
export const readSelect = (text = '*'): { readonly kind: 'select'; readonly paths: Select } | Wrong => {
  const paths: string[] = [];
  for (const path of parseSelect(text) ?? []) {
    if (!isPath.test(path)) return wrong(`$select: '${clipped(path)}' is not a property, nor a path to one`);
    const read = readMachinePath(path.split('/'));
    if (read.kind === 'unknown') return wrong(`$select: ${read.message}`);
    paths.push(read.steps.join('/'));
  }
  return { kind: 'select', paths: paths.length > 0 ? paths : undefined };
};

const isPath = /^\w+(?:\/\w+)*$/;

const planNext = ({ others, ...options }: QueryOptions, token: string): ListPlan => {
  const isAlone = Object.keys(options).length === 0 && Object.keys(others ?? {}).length === 1;
  if (isAlone) return { kind: 'next', token };
  return wrong(
    "$skiptoken: no other option may stand beside it; it holds those of its walk. Follow '@odata.nextLink' as it is",
  );
};

export const readOrder = (text?: string): { readonly kind: 'order'; readonly keys: readonly OrderKey[] } | Wrong => {
  if (text === undefined) return { kind: 'order', keys: [] };
  const read = parseOrderBy(text);
  if (read.kind === 'wrong') return wrong(read.message);
  const keys: OrderKey[] = [];
  for (const { steps, descending } of read.keys) {
    const path = readMachinePath(steps);
    if (path.kind === 'unknown') return wrong(`$orderby: ${path.message}`);
    if (path.type.kind !== 'scalar')
      return wrong(`$orderby: '${path.steps.join('/')}' is more than one value, and has no order`);
    keys.push({ steps: path.steps, descending });
  }
  return { kind: 'order', keys };
};
