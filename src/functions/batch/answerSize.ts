import { type Call, pathOf } from '../../defender/call.ts';
import { calls } from '../../defender/calls.ts';
import { operationTriggers } from '../operations/operationTriggers.ts';
import { mostAnswerBytes } from './room.ts';

/**
 * How large an answer may be: `page`, a page of the whole fleet, which has 10 MB and more, or what was parked, which may be one; `list`, some machines, some KiB to some MB;
 * `few`, one machine or those that are named. It decides how many are under way at once, and nothing else.
 */
export type AnswerSize = 'page' | 'list' | 'few';

/** Rows; so many are small beside a page. */
const listRows = 100;

const routesOf = (some: readonly Call[]): ReadonlySet<string> =>
  new Set(some.flatMap((call) => [pathOf(call, false), pathOf(call, true)]));

/** Defender's lists of everything: nothing in their path says whose machines are meant. */
const wholeLists = routesOf(calls.filter(({ path }) => !path.includes('{')));
/** One alone may be more than a batch has room for. */
const lists = routesOf(calls.filter(({ mostBytes }) => mostBytes > mostAnswerBytes));

/** @param route as Azure is told of it, without a slash in front */
export const answerSize = (route: string, query: Readonly<Record<string, string>>): AnswerSize => {
  const option = (wanted: string) => Object.entries(query).find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (route === operationTriggers.operation.route) return 'page';
  if (!wholeLists.has(`/${route}`)) return lists.has(`/${route}`) ? 'list' : 'few';
  const filter = option('$filter') ?? '';
  if (/\b(?:id|computerDnsName|aadDeviceId|lastIpAddress)\s+(?:eq|in)\b/i.test(filter)) return 'few';
  return Number(option('$top') || Number.POSITIVE_INFINITY) > listRows ? 'page' : 'list';
};
