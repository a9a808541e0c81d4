/** The definitions of the document, each by its name. Where one is used in another, that refers to it. */
import * as z from 'zod';
import { alert, alertEvent, listedAlert, replayedAlert, sentAlert, takenAlerts } from './schemas/alerts.ts';
import { batch, batchAnswer } from './schemas/batch.ts';
import { errorAnswer } from './schemas/error.ts';
import { anyAnswer, health, openApi, parkedOperation, validation } from './schemas/gateway.ts';
import { ownListOf } from './schemas/list.ts';
import { machine, machineList, machineOrNone, securityState, securityStateList } from './schemas/machine.ts';
import { permissions } from './schemas/permissions.ts';
import { quotas } from './schemas/quota.ts';
import { candidate, resolution, resolveBatch, resolveBatchAnswer } from './schemas/resolution.ts';
import { run } from './schemas/run.ts';
import { shown } from './schemas/shown.ts';
import {
  machineHistory,
  snapshotChange,
  snapshotMachine,
  snapshotMachineOrNone,
  trendPoint,
} from './schemas/snapshots.ts';
import type { Schema } from './swagger.ts';
import { swaggerSchemas } from './swaggerSchemas.ts';

const runs = ownListOf(run, 'Snapshots', 'The newest first.');
const snapshotMachines = ownListOf(snapshotMachine, 'Machines', 'Those of this page.');
const trend = ownListOf(trendPoint, 'Points', 'By run, the oldest first; then by property.');
const alerts = ownListOf(listedAlert, 'Alerts', 'Those of this page.');

const changes = ownListOf(snapshotChange, 'Changes', 'One for each machine.').extend({
  '@gateway.run': shown(z.string(), 'Run', 'The later run.'),
  '@gateway.since': shown(z.string(), 'Since', 'The earlier run.'),
});

const histories = ownListOf(machineHistory, 'States', 'The newest first.').extend({
  '@gateway.keptSince': shown(z.string().optional(), 'Kept Since', 'What was before is no longer kept.'),
});

const named = {
  Error: errorAnswer,
  Machine: machine,
  MachineOrNone: machineOrNone,
  MachineList: machineList,
  SecurityState: securityState,
  SecurityStateList: securityStateList,
  Candidate: candidate,
  Resolution: resolution,
  ResolveBatch: resolveBatch,
  ResolveBatchAnswer: resolveBatchAnswer,
  Batch: batch,
  BatchAnswer: batchAnswer,
  Snapshot: run,
  SnapshotList: runs,
  MachineState: snapshotMachine,
  MachineStateOrNone: snapshotMachineOrNone,
  MachineStateList: snapshotMachines,
  MachineChange: snapshotChange,
  MachineChangeList: changes,
  MachineHistory: machineHistory,
  MachineHistoryList: histories,
  TrendPoint: trendPoint,
  TrendPointList: trend,
  SentAlert: sentAlert,
  TakenAlerts: takenAlerts,
  Alert: alert,
  AlertEvent: alertEvent,
  AlertList: alerts,
  ReplayedAlert: replayedAlert,
  Validation: validation,
  Quotas: quotas,
  Health: health,
  Permissions: permissions,
  ParkedOperation: parkedOperation,
  AnyAnswer: anyAnswer,
  OpenApi: openApi,
};

export type DefinitionName = keyof typeof named;

export const definitions = (): Readonly<Record<string, Schema>> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { target: 'openapi-3.0', uri: (id) => `#/definitions/${id}` });
  return swaggerSchemas(schemas);
};
