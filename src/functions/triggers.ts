/**
 * What Azure is told of every function: its name, its address and who may call. Nothing of what it does: a process is ready to be told of
 * to Azure before the rest of it is loaded. The functions of Defender's calls follow from `defender/calls.ts`.
 */
import type { HttpMethod } from '@azure/functions';
import { type Access, anyRole } from '../callers/access.ts';
import { type Call, pathOf } from '../defender/call.ts';
import { calls } from '../defender/calls.ts';
import { alertTriggers } from './alerts/alertTriggers.ts';
import { openapiTrigger } from './openapi/openapiTrigger.ts';
import { operationTriggers } from './operations/operationTriggers.ts';

export interface HttpTrigger {
  readonly name: string;
  /** Without a slash in front; the route prefix is empty. */
  readonly route: string;
  readonly methods: readonly HttpMethod[];
  /** Who may call. What the host is told follows from it (`authLevelOf`), and is written out always: the library's default is anonymous. */
  readonly access: Access;
  /** Of machines: none; those that a caller who is bound to device groups may see; or all, so that such a caller is refused. */
  readonly shows: 'noMachine' | 'machinesInGroups' | 'everyMachine';
}

/** A function that the clock triggers. Its schedule is a setting. */
export interface TimerTrigger {
  readonly name: string;
  readonly schedule:
    | 'SNAPSHOT_SCHEDULE'
    | 'SNAPSHOT_RESUME_SCHEDULE'
    | 'SNAPSHOT_PRUNE_SCHEDULE'
    | 'ALERT_SWEEP_SCHEDULE'
    | 'OPERATION_SWEEP_SCHEDULE';
}

const reading = { access: ['Machines.Read'], shows: 'machinesInGroups' } as const;
const get = { methods: ['GET'], ...reading } as const;
const post = { methods: ['POST'], ...reading } as const;
const getOfFleet = { ...get, shows: 'everyMachine' } as const;
const tellsNoMachine = { methods: ['GET'], shows: 'noMachine' } as const;

export const triggers = {
  resolve: { name: 'resolve', route: 'gateway/machines/resolve', ...get },
  resolveBatch: { name: 'resolveBatch', route: 'gateway/machines/resolve', ...post },
  snapshots: { name: 'snapshots', route: 'gateway/snapshots', ...getOfFleet },
  snapshot: { name: 'snapshot', route: 'gateway/snapshots/{run}', ...getOfFleet },
  snapshotTrend: { name: 'snapshotTrend', route: 'gateway/snapshots/trend', ...getOfFleet },
  snapshotMachines: { name: 'snapshotMachines', route: 'gateway/snapshots/{run}/machines', ...getOfFleet },
  snapshotChanges: { name: 'snapshotChanges', route: 'gateway/snapshots/{run}/changes', ...getOfFleet },
  machineStates: { name: 'machineStates', route: 'gateway/machines/{id}/states', ...getOfFleet },
  ...alertTriggers,
  ...operationTriggers,
  quota: { name: 'quota', route: 'gateway/quota', ...tellsNoMachine, access: anyRole },
  health: { name: 'health', route: 'gateway/health', ...tellsNoMachine, access: 'open' },
  permissions: {
    name: 'permissions',
    route: 'gateway/health/permissions',
    ...tellsNoMachine,
    access: ['Gateway.Admin'],
  },
  openapi: openapiTrigger,
  batch: { name: 'batch', route: 'api/$batch', ...post },
  batchV1: { name: 'batchV1', route: 'api/v1.0/$batch', ...post },
} as const satisfies Readonly<Record<string, HttpTrigger>>;

/** @param versioned under Defender's versioned name for the same call */
export const triggerOf = (call: Call, versioned: boolean): HttpTrigger => ({
  name: versioned ? `${call.name}V1` : call.name,
  route: pathOf(call, versioned).slice(1),
  ...(call.service === 'securityStates' ? getOfFleet : get),
});

/** Whether a call has a versioned name. */
export const isVersioned = (call: Call): boolean => pathOf(call, true) !== call.path;

/** All of them. */
export const httpTriggers: readonly HttpTrigger[] = [
  ...calls.flatMap((call) => [triggerOf(call, false), ...(isVersioned(call) ? [triggerOf(call, true)] : [])]),
  ...Object.values(triggers),
];

export const timerTriggers = [
  { name: 'snapshotSecurityStates', schedule: 'SNAPSHOT_SCHEDULE' },
  { name: 'resumeSnapshot', schedule: 'SNAPSHOT_RESUME_SCHEDULE' },
  { name: 'pruneSnapshots', schedule: 'SNAPSHOT_PRUNE_SCHEDULE' },
  { name: 'sweepAlerts', schedule: 'ALERT_SWEEP_SCHEDULE' },
  { name: 'sweepOperations', schedule: 'OPERATION_SWEEP_SCHEDULE' },
] as const satisfies readonly TimerTrigger[];

export type TimerName = (typeof timerTriggers)[number]['name'];

/** Functions that a queue triggers, by its name. */
export const queueTriggers = [
  { name: 'receiveAlert', queue: 'alerts-in' },
  { name: 'enrichAlert', queue: 'alerts-to-enrich' },
  { name: 'deliverResult', queue: 'results-to-deliver' },
  { name: 'runOperation', queue: 'operations-to-run' },
] as const;

export type QueueName = (typeof queueTriggers)[number]['queue'];

/** Event Grid delivers to it. */
export const eventGridTrigger = { name: 'alertRaised' } as const;

/** Where an event hub is named that Defender XDR streams to. */
export const eventHubTrigger = { name: 'alertsStreamed', connection: 'AlertStream' } as const;

export type EventName =
  | (typeof queueTriggers)[number]['name']
  | (typeof eventGridTrigger)['name']
  | (typeof eventHubTrigger)['name'];
