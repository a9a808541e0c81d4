import type { HttpFunction, Services } from '../services.ts';
import { snapshotChanges } from './changes.ts';
import { machineStates } from './machineStates.ts';
import { snapshotMachines } from './machines.ts';
import { snapshot } from './run.ts';
import { snapshots } from './runs.ts';
import { snapshotTrend } from './trend.ts';

/** All that is remembered of security states can be asked for; none of it costs a call to Defender. */
export const snapshotFunctions = (services: Services): readonly HttpFunction[] => [
  snapshots(services),
  snapshot(services),
  snapshotTrend(services),
  snapshotMachines(services),
  snapshotChanges(services),
  machineStates(services),
];
