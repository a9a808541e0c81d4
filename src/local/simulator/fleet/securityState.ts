/**
 * One record of the preview call `machinesecuritystates`, in the shape of its documented example. Only Windows
 * machines with a sensor have one.
 */
import { type FleetPlan, isOnboardedAt, platformAt, revisionAt } from './device.ts';
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

/** Whether the preview lists the machine at an index, without looking at all of its record. */
export const hasSecurityStateAt = (
  { seed }: FleetPlan,
  index: number,
  said: Partial<SimulatedMachine> | undefined,
): boolean => {
  const hasSensor = said?.osBuild === undefined ? isOnboardedAt(seed, index) : said.osBuild !== null;
  return hasSensor && platformAt(seed, index).kind === 'windows';
};

/** The state of a machine that the preview lists. */
export const securityStateAt = (
  { seed }: FleetPlan,
  index: number,
  { id, osBuild, healthStatus }: SimulatedMachine,
): SimulatedSecurityState => {
  const { branch } = platformAt(seed, index);
  const build = osBuild ?? 0;
  const revision = revisionAt(seed, index);
  const propertiesRequireAttention: string[] = [];
  if (chance(random(seed, streams.securityState, index), 60)) propertiesRequireAttention.push('AntivirusNotReporting');
  if (healthStatus.endsWith('ImpairedCommunication')) propertiesRequireAttention.push('EdrImpairedCommunications');
  const osVersion = `10.0.${build}.${revision}.amd64fre.${branch}`;
  return { id, build, revision, architecture: 'Amd64', osVersion, propertiesRequireAttention };
};
