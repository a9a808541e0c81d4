/** What is kept of alerts and deliveries as properties of rows: JSON. */
import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import type { OpenAlert } from '../alertStore.ts';
import type { Delivery } from '../delivery.ts';
import type { AlertRecord } from '../record.ts';
import { instantKey } from './instantKey.ts';
import { jsonOf } from './longText.ts';
import type { Properties } from './properties.ts';

/** Raised where older code could not read what is written. */
const format = 1;

export const propertiesOfRecord = (record: AlertRecord): Properties => kept(record);

export const recordOf = (properties: Readonly<Record<string, unknown>>): AlertRecord => read<AlertRecord>(properties);

/** `due` for the service to compare: it is not always in the row's key. */
export const propertiesOfMarker = ({ key, alertId, ticket, due }: Omit<OpenAlert, 'place'>): Properties => ({
  ...kept({ key, alertId, ticket, due }),
  due: instantKey(due),
});

export const openAlertOf = (marker: Readonly<Record<string, unknown>>): OpenAlert => ({
  ...read<Omit<OpenAlert, 'place'>>(marker),
  place: String(marker.rowKey),
});

export const propertiesOfDelivery = (delivery: Delivery): Properties => kept(delivery);

export const deliveryOf = (properties: Readonly<Record<string, unknown>>): Delivery => read<Delivery>(properties);

const kept = (value: unknown): Properties => ({ format, ...propertiesOfText(jsonOf(value)) });

const read = <T>(properties: Readonly<Record<string, unknown>>): T => {
  if (properties.format === format) return JSON.parse(textOfProperties(properties)) as T;
  throw new Error(`A row in the table of alerts has the format ${properties.format}; this gateway reads ${format}`);
};
