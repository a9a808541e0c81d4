/** The id of an alert, and of its machines where they are known; whatever else stands beside them is kept. */
import { alertItem, isMachineId, kindOf } from './alertItem.ts';
import type { Format, Item } from './format.ts';
import { oneOrList } from './lists.ts';
import { isObject, within } from './members.ts';

export const plainFormat: Format = {
  name: 'plain',
  title: 'the id alone ({"alertId":…}, and "machineId":… or "machineIds":[…] where known)',
  read: oneOrList('id of an alert', (value, place) => {
    if (!isObject(value) || !('alertId' in value)) return undefined;
    const { alertId: id, machineId = null, machineIds = null } = value;
    const fault = machineIdFault(machineId) ?? listFault(machineIds);
    if (fault !== undefined) return [{ kind: 'wrong', place, message: fault }];
    const named = [machineId, ...(Array.isArray(machineIds) ? machineIds : [])];
    const item = alertItem({ place, field: 'alertId', id, machineIds: named, original: value });
    return item.kind === 'alert' ? [item, ...named.flatMap((one) => leftOut(one, place))] : [item];
  }),
};

const machineIdFault = (id: unknown): string | undefined =>
  id === null || typeof id === 'string' ? undefined : `machineId is ${kindOf(id)}; write it as text, or leave it out.`;

const listFault = (ids: unknown): string | undefined => {
  if (ids === null) return undefined;
  if (!Array.isArray(ids)) return `machineIds is ${kindOf(ids)}; write a list of texts: ["…","…"].`;
  const index = ids.findIndex((id) => typeof id !== 'string');
  return index < 0 ? undefined : `machineIds[${index}] is ${kindOf(ids[index])}; write it as text.`;
};

const leftOut = (id: unknown, place: string): Item[] => {
  if (typeof id !== 'string' || id.trim() === '' || isMachineId(id.trim())) return [];
  const message = `${JSON.stringify(id.slice(0, 60))} is no machine id of Defender's, which has 40 hexadecimal digits; the alert is taken without it.`;
  return [{ kind: 'ignored', place: within(place, 'machineId'), message }];
};
