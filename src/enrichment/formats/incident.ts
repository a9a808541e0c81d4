/**
 * An incident of Defender XDR ("List incidents API in Microsoft Defender XDR"), or one of Graph with its alerts expanded, alone or in a list.
 * Each alert has devices of its own.
 */
import { alertItem } from './alertItem.ts';
import type { Format, Item } from './format.ts';
import { readGraphAlert } from './graphAlert.ts';
import { oneOrList, type ReadOne } from './lists.ts';
import { isObject, listOf, type Members, membersOf, textOf, within } from './members.ts';
import { productNamed } from './productNamed.ts';

const readIncident: ReadOne = (value, place) => {
  if (isIncidentAlert(value)) return [readAlert(value, place)];
  const { alerts } = membersOf(value);
  if (!Array.isArray(alerts) || !isIncident(membersOf(value))) return undefined;
  if (alerts.length === 0) return [{ kind: 'ignored', place, message: 'The incident has no alerts.' }];
  return alerts.flatMap((alert, index) => readMember(alert, within(place, `alerts[${index}]`)));
};

const isIncident = (value: Members): boolean =>
  'incidentId' in value ||
  /^#?microsoft\.graph\.security\.incident$/i.test(textOf(value['@odata.type']) ?? '') ||
  listOf(value.alerts).some((alert) => isIncidentAlert(alert) || readGraphAlert(alert, '') !== undefined);

const isIncidentAlert = (value: unknown): value is Members =>
  isObject(value) && 'alertId' in value && (Array.isArray(value.devices) || Array.isArray(value.entities));

const readMember = (alert: unknown, place: string): readonly Item[] => {
  const ofGraph = readGraphAlert(alert, place);
  if (ofGraph !== undefined) return ofGraph;
  return isObject(alert) ? [readAlert(alert, place)] : [{ kind: 'wrong', place, message: 'This is no alert.' }];
};

const readAlert = (alert: Members, place: string): Item =>
  alertItem({
    place,
    field: 'alertId',
    id: alert.alertId,
    machineIds: [
      ...listOf(alert.devices).map((device) => membersOf(device).mdatpDeviceId),
      ...listOf(alert.entities).map((entity) => membersOf(entity).deviceId),
    ],
    product: productNamed(alert.serviceSource),
    raisedAt: alert.creationTime,
    original: alert,
  });

export const incidentFormat: Format = {
  name: 'incident',
  title: 'Defender XDR incident ({"incidentId":…,"alerts":[{"alertId":…,"devices":[…]}]})',
  read: oneOrList('incident', readIncident),
};
