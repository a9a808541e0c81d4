/**
 * GET /api/machines, with the paging that people have reported (microsoft-365-docs issues 8316 and 8489): no link
 * where $top was given; without it a link whose second generation has lost the names of its options.
 */
import { filterableProperties, machineType } from '../../../defender/machineType.ts';
import { type Answer, found, notFound, refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import { keptPage } from '../keptPage.ts';
import { type ListOptions, type ListType, listOptions } from '../listOptions.ts';
import { listRows } from '../listRows.ts';
import { collectionText } from '../rowText.ts';

const machines: ListType = {
  entity: machineType,
  filterable: filterableProperties,
  mostTop: 10_000,
  expandable: [],
};

export const listMachines = (call: Call): Answer => {
  const all = call.fleet.machines();
  if (all.length === 0) return notFound('No machines were found');
  const read = listOptions(call.query, machines, call.dialect);
  if (read.kind === 'wrong') return refusal(400, 'ODataError', read.message);
  const { base, query, dialect } = call;
  return found(keptPage(all, JSON.stringify([base, query, dialect]), () => pageText(call, read.options)));
};

const pageText = (call: Call, options: ListOptions): string => {
  const { dialect, paging } = call;
  const { matching, rows } = listRows(call.fleet.machines(), options, { most: paging.pageSize, dialect });
  return collectionText({
    context: `${call.base}/$metadata#Machines${selection(options)}`,
    count: options.count ? matching : undefined,
    rows,
    nextLink: matching > paging.pageSize ? brokenLink(call, options) : undefined,
  });
};

const selection = ({ select }: ListOptions): string => (select ? `(${select.join(',')})` : '');

/** The link as it was seen: right once, then without names and always to the second page. */
const brokenLink = (call: Call, { top }: ListOptions): string | undefined => {
  if (top !== undefined) return undefined;
  const { pageSize } = call.paging;
  const followed = call.query.some(({ name }) => name === '$skip');
  const kept = call.query.map(({ name, value }) => `${followed ? '' : name}=${encodeURIComponent(value)}`);
  return `${call.base}/machines?${[...kept, `$skip=${pageSize}`].join('&')}`;
};
