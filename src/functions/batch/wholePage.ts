import { pathOf } from '../../defender/call.ts';
import { calls } from '../../defender/calls.ts';

/** Rows; so many are small beside a page. */
const fewRows = 100;

/** Defender's lists of everything: nothing in their path says whose machines are meant. */
const wholeLists = new Set(
  calls.filter(({ path }) => !path.includes('{')).flatMap((call) => [pathOf(call, false), pathOf(call, true)]),
);

/**
 * Whether the answer may be a page of the whole fleet, which has 10 MB and more: a list of everything, that neither names its
 * machines nor says that a few will do. It decides how many are under way at once, and nothing else.
 *
 * @param route as Azure is told of it, without a slash in front
 */
export const mayBeWholePage = (route: string, query: Readonly<Record<string, string>>): boolean => {
  const option = (wanted: string) => Object.entries(query).find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (!wholeLists.has(`/${route}`)) return false;
  const namesMachines = /\b(?:id|computerDnsName|aadDeviceId|lastIpAddress)\s+(?:eq|in)\b/i.test(
    option('$filter') ?? '',
  );
  return !namesMachines && Number(option('$top') || Number.POSITIVE_INFINITY) > fewRows;
};
