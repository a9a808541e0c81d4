import type { Platform } from './platforms.ts';
import { chance, guid, random, streams } from './random.ts';

export interface VmMetadata {
  readonly vmId: string;
  readonly cloudProvider: string;
  readonly resourceId: string;
  readonly subscriptionId: string;
}

/** What Defender knows of a machine in Azure; null for four servers in ten and for everything else. */
export const vmMetadataAt = (seed: number, index: number, { server }: Platform): VmMetadata | null => {
  if (!server) return null;
  const numbers = random(seed, streams.virtualMachine, index);
  if (chance(numbers, 400)) return null;
  const [vmId, subscriptionId] = [guid(numbers), guid(numbers)];
  const group = `/subscriptions/${subscriptionId}/resourceGroups/production`;
  const resourceId = `${group}/providers/Microsoft.Compute/virtualMachines/vm-${vmId.slice(0, 8)}`;
  return { vmId, cloudProvider: 'Azure', resourceId, subscriptionId };
};
