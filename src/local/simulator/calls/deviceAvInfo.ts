/**
 * GET /api/deviceavinfo (Device antivirus health export API): unlike machines it gives a link, with `$top` as well.
 */
import { type ComplexType, type ScalarName, scalar, type Type } from '../../../odata/edm.ts';
import { type Answer, found, refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import { type ListType, listOptions } from '../listOptions.ts';
import { listRows } from '../listRows.ts';
import { collectionText } from '../rowText.ts';

const filterable =
  'machineId computerDnsName osKind osPlatform osVersion avMode avSignatureVersion avEngineVersion avPlatformVersion ' +
  'quickScanResult quickScanError fullScanResult fullScanError avIsSignatureUpToDate avIsEngineUpToDate ' +
  'avIsPlatformUpToDate rbacGroupId';
const instants =
  'avSignatureUpdateTime avEngineUpdateTime avPlatformUpdateTime avSignaturePublishTime quickScanTime fullScanTime ' +
  'dataRefreshTimestamp lastSeenTime';

const each = (type: ScalarName, names: string): Record<string, Type> =>
  Object.fromEntries(names.split(' ').map((name) => [name, scalar(type)]));

const row: ComplexType = {
  kind: 'complex',
  name: 'deviceAvInfo',
  properties: {
    ...each('string', `id rbacGroupName ${filterable}`),
    ...each('dateTimeOffset', instants),
    rbacGroupId: scalar('number'),
  },
};

const rows: ListType = { entity: row, filterable: filterable.split(' '), mostTop: 10_000, expandable: [] };

export const deviceAvInfo = (call: Call): Answer => {
  const read = listOptions(call.query, rows, call.dialect);
  if (read.kind === 'wrong') return refusal(400, 'ODataError', read.message);
  const { top = call.paging.pageSize, skip, count } = read.options;
  const { dialect, paging } = call;
  const page = listRows(call.fleet.antivirus(), read.options, { most: paging.pageSize, dialect });
  const next = skip + page.rows.length;
  return found(
    collectionText({
      context: `${call.base}/$metadata#DeviceAvInfo`,
      count: count ? page.matching : undefined,
      rows: page.rows,
      nextLink: top > 0 && next < page.matching ? linkTo(call, next) : undefined,
    }),
  );
};

const linkTo = ({ base, query }: Call, skip: number): string => {
  const kept = query.filter(({ name }) => name !== '$skip');
  const options = kept.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  return `${base}/deviceavinfo?${[...options, `$skip=${skip}`].join('&')}`;
};
