/**
 * One record of the preview call `machinesecuritystates`, in the shape of its documented example. Only Windows
 * machines with a sensor have one.
 */
import { type FleetPlan, platformAt, revisionAt } from './device.ts';
import type { SimulatedMachine } from './machine.ts';
import { chance, random, streams } from './random.ts';

export interface SimulatedSecurityState {
  readonly id: string;
  readonly build: number;
  readonly revision: number;
  readonly architecture: string;
  readonly osVersion: string;
  readonly propertiesRequireAttention: readonly string[];
}

/** The state of the machine at an index; undefined where the preview would not list it. */
export const securityStateAt = (
  { seed }: FleetPlan,
  index: number,
  { id, osBuild, healthStatus }: SimulatedMachine,
): SimulatedSecurityState | undefined => {
  const { kind, branch } = platformAt(seed, index);
  if (kind !== 'windows' || osBuild === null) return undefined;
  const revision = revisionAt(seed, index);
  const propertiesRequireAttention: string[] = [];
  if (chance(random(seed, streams.securityState, index), 60)) propertiesRequireAttention.push('AntivirusNotReporting');
  if (healthStatus.endsWith('ImpairedCommunication')) propertiesRequireAttention.push('EdrImpairedCommunications');
  const osVersion = `10.0.${osBuild}.${revision}.amd64fre.${branch}`;
  return { id, build: osBuild, revision, architecture: 'Amd64', osVersion, propertiesRequireAttention };
};
