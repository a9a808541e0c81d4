/**
 * An alert of Microsoft Sentinel by itself: the body of its Logic Apps trigger, a row of SecurityAlert, or the answer to a query of them.
 * Alerts that Microsoft Defender for Cloud exports have the same members.
 */
import { machinesAmong } from './entities.ts';
import type { Format, Item } from './format.ts';
import { oneOrList, type ReadOne } from './lists.ts';
import { anyCase, isObject, type Members } from './members.ts';
import { queryRows } from './queryRows.ts';
import { securityAlertItem } from './securityAlert.ts';

const readOne: ReadOne = (value, place) => {
  const alert = alertIn(value);
  return alert && [itemOf(alert, place, value)];
};

const itemOf = (alert: Members, place: string, original: unknown): Item =>
  securityAlertItem({ alert, place, machineIds: machinesAmong(anyCase(alert, ['Entities']).Entities), original });

const readRows: ReadOne = (value, place) => {
  const rows = queryRows(value, place);
  if (rows?.length === 0) return [{ kind: 'ignored', place, message: 'The query found no alerts.' }];
  return rows?.map(({ row, place: at }) => itemOf(row, at, row));
};

/** The members of an alert. As a resource of Azure it has them one level down, in another case of letters. */
const alertIn = (value: unknown): Members | undefined => {
  if (!isObject(value)) return undefined;
  if (['VendorOriginalId', 'ProviderAlertId', 'SystemAlertId'].some((name) => name in value)) return value;
  const { properties } = value;
  return isObject(properties) && anyCase(properties, ['SystemAlertId']).SystemAlertId !== undefined
    ? properties
    : undefined;
};

const read = oneOrList('Sentinel alert', readOne);

export const sentinelAlertFormat: Format = {
  name: 'sentinelAlert',
  title: 'Microsoft Sentinel alert ({"ProviderAlertId":"…","Entities":[…]}), or a row of SecurityAlert',
  read: (value, place) => readRows(value, place) ?? read(value, place),
};
