/** What a machine belongs to: a directory, a management, a device group, tags. */
import { isOnboardedAt } from './device.ts';
import type { Platform } from './platforms.ts';
import { below, chance, guid, pick, type Random, random, streams, weighted } from './random.ts';

export interface Joined {
  readonly rbacGroupId: number;
  readonly rbacGroupName: string | null;
  readonly isAadJoined: boolean | null;
  readonly aadDeviceId: string | null;
  readonly machineTags: readonly string[];
  readonly managedBy: string | null;
  readonly managedByStatus: string | null;
}

type Group = readonly [id: number, name: string | null];

export const joinedAt = (seed: number, index: number, platform: Platform): Joined => {
  const numbers = random(seed, streams.joined, index);
  if (index === 0) return exampleOfTheDocuments;
  const isAadJoined = isOnboardedAt(seed, index) && platform.kind === 'windows' && chance(numbers, 750);
  const [rbacGroupId, rbacGroupName] = groupOf(numbers);
  return {
    rbacGroupId,
    rbacGroupName,
    isAadJoined: platform.kind === 'mobile' ? null : isAadJoined,
    aadDeviceId: isAadJoined && chance(numbers, 970) ? guid(numbers) : null,
    machineTags: tagsOf(numbers, platform),
    ...managementOf(numbers, platform, isAadJoined),
  };
};

const exampleOfTheDocuments: Joined = {
  rbacGroupId: 140,
  rbacGroupName: 'The-A-Team',
  isAadJoined: true,
  aadDeviceId: '80fe8ff8-2624-418e-9591-41f0491218f9',
  machineTags: ['test tag 1', 'test tag 2'],
  managedBy: 'Intune',
  managedByStatus: 'Unknown',
};

const groupOf = weighted<Group>([
  [350, [0, null]],
  [10, [0, 'UnassignedGroup']],
  [200, [140, 'The-A-Team']],
  [200, [141, 'Workstations EMEA']],
  [150, [142, 'Servers']],
  [60, [143, "O'Brien's devices"]],
  [30, [144, 'Büro München']],
]);

const tags = ['Production', 'Lab', 'VIP', 'test tag 1', 'test tag 2', "Don't patch", 'Büro', 'PCI'] as const;

const tagsOf = (numbers: Random, { server, kind }: Platform): string[] => {
  const own = kind === 'linux' ? ['C-Lab-Linux'] : [];
  const drawn = Array.from({ length: chance(numbers, server ? 700 : 350) ? 1 + below(numbers, 3) : 0 }, () =>
    pick(numbers, tags),
  );
  return [...new Set([...own, ...drawn])];
};

const managementOf = (numbers: Random, { kind, server }: Platform, isAadJoined: boolean) => {
  if (kind === 'mobile') return { managedBy: null, managedByStatus: null };
  if (isAadJoined && !server) return { managedBy: 'Intune', managedByStatus: 'Unknown' };
  return chance(numbers, 600)
    ? { managedBy: 'MicrosoftDefenderForEndpoint', managedByStatus: 'Success' }
    : { managedBy: 'Unknown', managedByStatus: 'Unknown' };
};
