/**
 * An incident of Microsoft Sentinel, as its Logic Apps trigger sends it ("Microsoft Sentinel connector", incident trigger), or the bare
 * incident. Its entities belong to no alert of it in particular: each alert gets all machines.
 */
import { machineIdsAmong } from './alertItem.ts';
import { machinesAmong } from './entities.ts';
import type { Format, Item } from './format.ts';
import { isObject, listOf, type Members, membersOf, textOf, within } from './members.ts';
import { securityAlertItem } from './securityAlert.ts';

export const sentinelIncidentFormat: Format = {
  name: 'sentinelIncident',
  title: 'Microsoft Sentinel incident ({"object":{"properties":{"alerts":[…],"relatedEntities":[…]}}})',
  read(value, place) {
    const incident = incidentIn(value, place);
    return incident && itemsOf(incident, value);
  },
};

interface Incident {
  readonly properties: Members;
  readonly place: string;
}

const incidentIn = (value: unknown, place: string): Incident | undefined => {
  const { object, objectSchemaType } = membersOf(value);
  if (isIncident(object) || (isObject(object) && objectSchemaType === 'Incident')) {
    return { properties: membersOf(object.properties), place: within(place, 'object.properties') };
  }
  return isIncident(value)
    ? { properties: membersOf(value.properties), place: within(place, 'properties') }
    : undefined;
};

const isIncident = (value: unknown): value is Members => {
  const { type, properties } = membersOf(value);
  const isNamed = /^Microsoft\.SecurityInsights\/incidents$/i.test(textOf(type) ?? '');
  const has = (name: string) => isObject(properties) && name in properties;
  return isObject(properties) && (isNamed || has('incidentNumber') || has('relatedEntities'));
};

/** Alerts of one incident; Sentinel puts 150 into it ("Service limits for Microsoft Sentinel"). */
const mostAlerts = 1000;

/** Machines that each alert gets: no alert has more looked up. */
const mostMachines = 500;

const itemsOf = ({ properties, place }: Incident, original: unknown): readonly Item[] => {
  const alerts = listOf(properties.alerts);
  const listed = within(place, 'alerts');
  if (alerts.length === 0) return [{ kind: 'ignored', place: listed, message: 'The incident has no alerts.' }];
  if (alerts.length > mostAlerts) return [{ kind: 'wrong', place: listed, message: tooMany(alerts.length) }];
  const machineIds = machineIdsAmong(machinesAmong(properties.relatedEntities)).slice(0, mostMachines);
  return alerts.map((one, index) => {
    const alert = membersOf(membersOf(one).properties);
    return securityAlertItem({ alert, place: `${listed}[${index}]`, machineIds, original });
  });
};

const tooMany = (count: number): string =>
  `The incident has ${count} alerts; ${mostAlerts} are the most. Send them as alerts, in parts.`;
