/** One alert of each format that the gateway takes, each by one of the ways, about machines of the simulated fleet. */
import { siemDetection, xdrIncident } from './feeds/defender.ts';
import { binaryHeaders, cloudEvent, eventGridEvent } from './feeds/events.ts';
import { graphAlert, graphNotification } from './feeds/graph.ts';
import { plainAlert, plainId } from './feeds/plain.ts';
import { securityAlertRow, sentinelAlert, sentinelIncident } from './feeds/sentinel.ts';
import { streamedRecords } from './feeds/streaming.ts';
import type { FleetAlert } from './fleetAlerts.ts';
import { eventGridFunction, hook, intake, queue, type Way } from './sending.ts';

export interface Letter {
  readonly title: string;
  readonly way: Way;
  readonly body: unknown;
  /** The alerts in it. */
  readonly alerts: readonly RaisedAlert[];
  /** Items that are no alerts. */
  readonly wrong: number;
}

export interface RaisedAlert {
  readonly id: string;
  /** That it must have in the end. */
  readonly machineIds: readonly string[];
}

/** Alerts of the fleet that they take. */
export const lettersNeed = 18;

/** @throws Error when there are too few alerts */
export const letters = (fleet: readonly FleetAlert[]): readonly Letter[] => {
  const left = [...fleet];
  const next = (): FleetAlert => {
    const alert = left.shift();
    if (!alert) throw new Error(`${lettersNeed} alerts are needed, not ${fleet.length}`);
    return alert;
  };
  return [
    ...singles.map(({ title, way, write }): Letter => {
      const alert = next();
      return { title, way, body: write(alert), alerts: [on(alert)], wrong: 0 };
    }),
    incidentOfTwoHosts(next(), next()),
    incidentOfTwoAlerts(next(), next()),
    batch(next(), next()),
  ];
};

interface Feed {
  readonly title: string;
  readonly way: Way;
  readonly write: (alert: FleetAlert) => unknown;
}

const singles: readonly Feed[] = [
  { title: 'Defender alert', way: intake(), write: (alert) => alert },
  { title: 'Rows of AlertInfo and AlertEvidence', way: intake(), write: streamedRecords },
  { title: 'Graph alert', way: intake(), write: graphAlert },
  { title: 'Graph change notification', way: hook(), write: graphNotification },
  { title: 'Sentinel alert', way: intake(), write: sentinelAlert },
  { title: 'Row of SecurityAlert', way: intake(), write: securityAlertRow },
  { title: 'SIEM detection', way: intake(), write: (alert) => [siemDetection(alert)] },
  { title: 'Event Grid event', way: eventGridFunction, write: (alert) => eventGridEvent(plainAlert(alert)) },
  { title: 'Event Grid event', way: queue('base64'), write: (alert) => eventGridEvent(plainAlert(alert)) },
  {
    title: 'CloudEvent',
    way: hook('application/cloudevents+json'),
    write: (alert) => cloudEvent('1', plainAlert(alert)),
  },
  { title: 'CloudEvent in headers', way: intake(binaryHeaders), write: plainAlert },
  { title: 'The id alone', way: queue('plain text'), write: plainId },
];

const incidentOfTwoHosts = (alert: FleetAlert, other: FleetAlert): Letter => ({
  title: 'Sentinel incident, one alert on two hosts',
  way: intake(),
  body: sentinelIncident(alert, [alert, other]),
  alerts: [on(alert, other)],
  wrong: 0,
});

const incidentOfTwoAlerts = (one: FleetAlert, other: FleetAlert): Letter => ({
  title: 'Defender XDR incident, two alerts',
  way: intake(),
  body: xdrIncident([one, other]),
  alerts: [on(one), on(other)],
  wrong: 0,
});

const batch = (one: FleetAlert, other: FleetAlert): Letter => ({
  title: 'Batch of three CloudEvents, one without an alert',
  way: hook('application/cloudevents-batch+json'),
  body: [cloudEvent('1', plainAlert(one)), cloudEvent('2', { hello: 'world' }), cloudEvent('3', plainAlert(other))],
  alerts: [on(one), on(other)],
  wrong: 1,
});

const on = ({ id, machineId }: FleetAlert, ...others: readonly FleetAlert[]): RaisedAlert => ({
  id,
  machineIds: [machineId, ...others.map((one) => one.machineId)],
});
