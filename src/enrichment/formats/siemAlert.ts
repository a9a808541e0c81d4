/**
 * A detection as the SIEM API of before gave it ("Pull detections using REST API"): several may be of one alert, and an empty text is none. Rows
 * of hunting queries, which have a `DeviceId`, are taken as well.
 */
import { alertItem } from './alertItem.ts';
import type { Format } from './format.ts';
import { oneOrList } from './lists.ts';
import { isObject, type Members, textOf } from './members.ts';

export const siemAlertFormat: Format = {
  name: 'siemAlert',
  title: 'SIEM detection ({"AlertId":…,"DeviceID":…})',
  read: oneOrList('SIEM detection', (value, place) => {
    if (!isObject(value) || !('AlertId' in value || 'FullId' in value)) return undefined;
    const { DeviceID, DeviceId, MachineId, AlertTime, Timestamp } = value;
    return [
      alertItem({
        place,
        ...idOf(value),
        machineIds: [DeviceID, DeviceId, MachineId],
        raisedAt: [AlertTime, Timestamp],
        original: value,
      }),
    ];
  }),
};

/** `FullId` is the alert's id, a colon, and the detection's. */
const idOf = ({ AlertId, FullId }: Members) => {
  const fullId = textOf(FullId)?.split(':')[0];
  return isAbsent(AlertId) && fullId !== undefined
    ? { field: 'FullId', id: fullId }
    : { field: 'AlertId', id: AlertId };
};

const isAbsent = (id: unknown): boolean => id === undefined || id === null || id === '';
