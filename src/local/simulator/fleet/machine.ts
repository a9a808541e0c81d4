/**
 * One record of `/api/machines`, with the keys, their order, the nulls and the types that captured answers have
 * (rbacGroupId is a number, osVersion null or missing, isAadJoined at times true without an aadDeviceId).
 */
import { type Addresses, addressesAt } from './addresses.ts';
import { type FleetPlan, isOnboardedAt, isTwin, machineIdAt, platformAt, revisionAt, storyOf } from './device.ts';
import { type Joined, joinedAt } from './joined.ts';
import { computerNameAt } from './names.ts';
import type { Platform } from './platforms.ts';
import { type Standing, standingAt } from './standing.ts';
import { type VmMetadata, vmMetadataAt } from './vmMetadata.ts';

export interface SimulatedMachine extends Standing, Addresses, Joined {
  readonly id: string;
  readonly mergedIntoMachineId: string | null;
  readonly isPotentialDuplication: boolean;
  readonly isExcluded: boolean;
  readonly exclusionReason: string | null;
  readonly computerDnsName: string | null;
  readonly osPlatform: string;
  readonly osVersion?: string | null;
  readonly osProcessor: string;
  readonly version: string;
  readonly agentVersion: string | null;
  readonly osBuild: number | null;
  readonly osArchitecture: string;
  readonly vmMetadata: VmMetadata | null;
}

/** The record at an index of the fleet; made without looking at any other. */
export const machineAt = (plan: FleetPlan, index: number): SimulatedMachine => {
  const platform = platformAt(plan.seed, index);
  const made = { plan, index, platform, onboarded: isOnboardedAt(plan.seed, index) };
  const machine = recordOf(made, standingAt(plan, index), joinedAt(plan.seed, index, platform));
  if (index % 50 !== 49) return machine;
  const { osVersion: _, ...withoutVersion } = machine;
  return withoutVersion;
};

interface Made {
  readonly plan: FleetPlan;
  readonly index: number;
  readonly platform: Platform;
  readonly onboarded: boolean;
}

const recordOf = (made: Made, standing: Standing, joined: Joined): SimulatedMachine => {
  const { plan, index, platform, onboarded } = made;
  const { firstSeen, lastSeen, healthStatus, deviceValue, riskScore, exposureLevel, onboardingStatus } = standing;
  const { rbacGroupId, rbacGroupName, isAadJoined, aadDeviceId, machineTags, managedBy, managedByStatus } = joined;
  const { lastIpAddress, lastExternalIpAddress, ipAddresses } = addressesAt(plan.seed, index, platform);
  const isExcluded = index % 120 === 77;
  // biome-ignore format: it is a table, in the order of the wire
  return {
    id: machineIdAt(plan.seed, index), mergedIntoMachineId: mergedInto(plan.seed, index),
    isPotentialDuplication: isTwin(plan, index),
    isExcluded, exclusionReason: isExcluded ? 'InactiveDevice' : null,
    computerDnsName: computerNameAt(plan.seed, index),
    firstSeen, lastSeen,
    osPlatform: platform.osPlatform, osVersion: null, osProcessor: 'x64', version: platform.version,
    lastIpAddress, lastExternalIpAddress,
    agentVersion: onboarded ? agentVersion(made) : null, osBuild: onboarded ? platform.osBuild : null,
    healthStatus, deviceValue, rbacGroupId, rbacGroupName, riskScore, exposureLevel,
    isAadJoined, aadDeviceId, machineTags, onboardingStatus, osArchitecture: '64-bit',
    managedBy, managedByStatus, ipAddresses, vmMetadata: vmMetadataAt(plan.seed, index, platform),
  };
};

const mergedInto = (seed: number, index: number): string | null => {
  const story = storyOf(index);
  return story.kind === 'merged' ? machineIdAt(seed, story.into) : null;
};

const agentVersion = ({ plan, index, platform: { kind, osBuild } }: Made): string | null => {
  if (kind === 'mobile') return null;
  if (kind === 'linux') return '30.124092.2.0';
  return kind === 'mac' ? '20.124082.4.0' : `10.8790.${osBuild}.${revisionAt(plan.seed, index)}`;
};
