/**
 * An incident of Microsoft Sentinel, as its Logic Apps trigger sends it ("Microsoft Sentinel connector", incident trigger), or the bare
 * incident. Its entities belong to no alert of it in particular: each alert gets all machines.
 */
import { mostMachines } from '../accepting/merged.ts';
import { machineIdsAmong } from './alertItem.ts';
import { machinesAmong } from './entities.ts';
import type { Format, Item } from './format.ts';
import { isObject, listOf, type Members, membersOf, textOf, within } from './members.ts';
import { securityAlertItem } from './securityAlert.ts';
import { type Frame, keptAlerts } from './sentinelOriginals.ts';

export const sentinelIncidentFormat: Format = {
  name: 'sentinelIncident',
  title: 'Microsoft Sentinel incident ({"object":{"properties":{"alerts":[…],"relatedEntities":[…]}}})',
  read(value, place) {
    const incident = incidentIn(value, place);
    return incident && itemsOf(incident);
  },
};

interface Incident {
  readonly properties: Members;
  readonly place: string;
  readonly frame: Frame;
}

const incidentIn = (value: unknown, place: string): Incident | undefined => {
  const whole = membersOf(value);
  const { object, objectSchemaType } = whole;
  if (isIncident(object) || (isObject(object) && objectSchemaType === 'Incident')) {
    const properties = membersOf(object.properties);
    const frame: Frame = (alerts) => ({ ...whole, object: { ...object, properties: { ...properties, alerts } } });
    return { properties, place: within(place, 'object.properties'), frame };
  }
  if (!isIncident(value)) return undefined;
  const properties = membersOf(value.properties);
  const frame: Frame = (alerts) => ({ ...whole, properties: { ...properties, alerts } });
  return { properties, place: within(place, 'properties'), frame };
};

const isIncident = (value: unknown): value is Members => {
  const { type, properties } = membersOf(value);
  const isNamed = /^Microsoft\.SecurityInsights\/incidents$/i.test(textOf(type) ?? '');
  const has = (name: string) => isObject(properties) && name in properties;
  return isObject(properties) && (isNamed || has('incidentNumber') || has('relatedEntities'));
};

const itemsOf = ({ properties, place, frame }: Incident): readonly Item[] => {
  const alerts = listOf(properties.alerts);
  const listed = within(place, 'alerts');
  if (alerts.length === 0) return [{ kind: 'ignored', place: listed, message: 'The incident has no alerts.' }];
  const machineIds = machineIdsAmong(machinesAmong(properties.relatedEntities)).slice(0, mostMachines);
  const items = alerts.map((original, index) => {
    const alert = membersOf(membersOf(original).properties);
    return securityAlertItem({ alert, place: `${listed}[${index}]`, machineIds: [], original });
  });
  // The same list for all: twenty thousand alerts of five hundred machines each are ten million ids.
  return keptAlerts(items, frame).map((item) =>
    item.kind === 'alert' ? { kind: 'alert', alert: { ...item.alert, machineIds } } : item,
  );
};
