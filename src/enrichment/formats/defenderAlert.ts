/** An alert as Defender for Endpoint's own API gives it ("Alert resource type"), alone or in a list. */
import { alertItem } from './alertItem.ts';
import type { Format } from './format.ts';
import { oneOrList, type ReadOne } from './lists.ts';
import { isObject } from './members.ts';

const readOne: ReadOne = (value, place) => {
  if (!isObject(value)) return undefined;
  const isAlert = 'alertCreationTime' in value || ('id' in value && 'machineId' in value && !('alertId' in value));
  if (!isAlert) return undefined;
  const { id, machineId, alertCreationTime } = value;
  return [alertItem({ place, field: 'id', id, machineIds: [machineId], raisedAt: alertCreationTime, original: value })];
};

export const defenderAlertFormat: Format = {
  name: 'defenderAlert',
  title: 'Defender alert ({"id":…,"machineId":…})',
  read: oneOrList('Defender alert', readOne),
};
