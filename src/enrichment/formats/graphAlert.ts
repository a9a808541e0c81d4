/**
 * An alert as Microsoft Graph gives it ("alert resource type", alerts_v2), alone or in a list. Devices stand in its evidence, of many kinds. The
 * alerts of before (`/security/alerts`) name no device of Defender's.
 */
import { alertItem } from './alertItem.ts';
import type { Format } from './format.ts';
import { oneOrList, type ReadOne } from './lists.ts';
import { isObject, listOf, membersOf, textOf } from './members.ts';
import { productNamed } from './productNamed.ts';

export const readGraphAlert: ReadOne = (value, place) => {
  if (!isObject(value) || !isGraphAlert(value)) return undefined;
  const { id, providerAlertId, serviceSource, vendorInformation, createdDateTime, evidence } = value;
  return [
    alertItem({
      place,
      field: 'id',
      id: textOf(id) === undefined && typeof providerAlertId === 'string' ? providerAlertId : id,
      machineIds: deviceIds(evidence, 0),
      product: productNamed(serviceSource ?? membersOf(vendorInformation).provider),
      raisedAt: createdDateTime,
      original: value,
    }),
  ];
};

/** An alert of a Defender XDR incident has a `providerAlertId`, too, beside its `alertId`. */
const isGraphAlert = (value: Readonly<Record<string, unknown>>): boolean =>
  /^#?microsoft\.graph\.(?:security\.)?alert$/i.test(textOf(value['@odata.type']) ?? '') ||
  ('providerAlertId' in value && !('alertId' in value)) ||
  ('id' in value && 'createdDateTime' in value && (isObject(value.vendorInformation) || Array.isArray(value.evidence)));

/** Evidence has few levels; what lies deeper is none of Graph's. */
const deepest = 8;

const deviceIds = (value: unknown, depth: number): readonly unknown[] => {
  if (depth > deepest || typeof value !== 'object' || value === null) return [];
  const below = Array.isArray(value) ? listOf(value) : Object.values(value);
  return [membersOf(value).mdeDeviceId, ...below.flatMap((one) => deviceIds(one, depth + 1))];
};

export const graphAlertFormat: Format = {
  name: 'graphAlert',
  title: 'Graph alert ({"@odata.type":"#microsoft.graph.security.alert","id":…,"evidence":[…]})',
  read: oneOrList('alert of Graph', readGraphAlert),
};
