/**
 * Rows of the tables AlertInfo and AlertEvidence, as Defender XDR streams them to Event Hubs (`records`) and to storage (each alone) ("Stream
 * Microsoft Defender XDR events to Azure Event Hubs"). An alert has one row of the first and any number of the second, of which only
 * some name a device; rows of other tables hold no alerts.
 */
import { alertItem } from './alertItem.ts';
import type { Format, Item } from './format.ts';
import { hostIds } from './hostIds.ts';
import { isObject, type Members, membersOf, textOf, within } from './members.ts';
import { productNamed } from './productNamed.ts';

const ofAlerts = new Set(['advancedhunting-alertinfo', 'advancedhunting-alertevidence']);

export const streamingFormat: Format = {
  name: 'streaming',
  title: 'Defender XDR streaming ({"records":[{"category":"AdvancedHunting-AlertInfo","properties":{"AlertId":…}}]})',
  read(value, place) {
    if (isRecord(value)) return [readRecord(value, place)];
    const records = isObject(value) ? value.records : undefined;
    if (!Array.isArray(records)) return undefined;
    if (records.length === 0) return [{ kind: 'ignored', place, message: 'There are no records.' }];
    return records.map((record, index) => readRecord(record, within(place, `records[${index}]`)));
  },
};

const isRecord = (value: unknown): value is Members =>
  isObject(value) && textOf(value.category)?.toLowerCase().startsWith('advancedhunting-') === true;

const readRecord = (record: unknown, place: string): Item => {
  const { category, properties, time } = membersOf(record);
  const table = textOf(category);
  if (table === undefined) return { kind: 'wrong', place, message: 'category is missing; it is to name the table.' };
  if (!ofAlerts.has(table.toLowerCase())) {
    return { kind: 'ignored', place, message: `${table.slice(0, 80)} holds no alerts.` };
  }
  const { AlertId, DeviceId, AdditionalFields, ServiceSource, Timestamp } = membersOf(properties);
  return alertItem({
    place,
    field: 'properties.AlertId',
    id: AlertId,
    machineIds: [DeviceId, ...hostIds(AdditionalFields)],
    product: productNamed(ServiceSource),
    raisedAt: [Timestamp, time],
    original: record,
  });
};
