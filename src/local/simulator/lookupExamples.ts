/** Names, addresses and device ids to look machines up by, each under what it shows: one machine, several, none that counts. */
import type { SimulatedMachine } from './fleet/machine.ts';

type Group = readonly SimulatedMachine[];
type Examples<K extends string> = { readonly [what in K]: string | undefined };

/** Undefined where the fleet is too small to have one. */
export interface LookupExamples {
  readonly hostNames: Examples<
    | 'ofOneMachine'
    | 'shortOfOneMachine'
    | 'bare'
    | 'inTwoDomains'
    | 'bareAndInADomain'
    | 'reimaged'
    | 'mergedTwice'
    | 'excluded'
    | 'notOnboarded'
    | 'inactive'
    | 'unknown'
  >;
  readonly ipAddresses: Examples<'ofOneMachine' | 'ofSeveralMachines' | 'unknown'>;
  readonly aadDeviceIds: Examples<'ofOneMachine' | 'unknown'>;
}

export const lookupExamples = (machines: readonly SimulatedMachine[]): LookupExamples => ({
  hostNames: hostNamesIn(namesakes(machines)),
  ipAddresses: ipAddressesIn(machines),
  aadDeviceIds: {
    ofOneMachine: machines.find((machine) => machine.aadDeviceId && isLiving(machine))?.aadDeviceId ?? undefined,
    unknown: '00000000-0000-4000-a000-000000000000',
  },
});

const hostNamesIn = (named: readonly Group[]): LookupExamples['hostNames'] => {
  const alone = named.flatMap((group) => (group.length === 1 ? group : []));
  const sole = (fits: (machine: SimulatedMachine) => boolean) => alone.find(fits)?.computerDnsName ?? undefined;
  const shared = (fits: (group: Group) => boolean) => named.find(fits)?.[0]?.computerDnsName ?? undefined;
  const whole = sole((machine) => isLiving(machine) && hasDomain(machine.computerDnsName));
  return {
    ofOneMachine: whole,
    shortOfOneMachine: hostNameOf(whole),
    bare: sole((machine) => isLiving(machine) && !hasDomain(machine.computerDnsName)),
    inTwoDomains: hostNameOf(shared((group) => new Set(namesOf(group).filter(hasDomain)).size > 1)),
    bareAndInADomain: hostNameOf(shared((group) => isMixed(namesOf(group)))),
    reimaged: shared((group) => new Set(namesOf(group)).size < namesOf(group).length),
    mergedTwice: shared((group) => group.filter(({ mergedIntoMachineId }) => mergedIntoMachineId).length > 1),
    excluded: sole(({ isExcluded }) => isExcluded),
    notOnboarded: sole(({ onboardingStatus }) => onboardingStatus !== 'Onboarded'),
    inactive: sole(({ healthStatus, isExcluded }) => healthStatus === 'Inactive' && !isExcluded),
    unknown: 'nowhere.contoso.com',
  };
};

const ipAddressesIn = (machines: readonly SimulatedMachine[]): LookupExamples['ipAddresses'] => {
  const sharing = groups(machines, ({ lastIpAddress }) => lastIpAddress);
  const addressOf = (fits: (group: Group) => boolean) => sharing.find(fits)?.[0]?.lastIpAddress ?? undefined;
  return {
    ofOneMachine: addressOf((group) => group.length === 1 && group.every(isLiving)),
    ofSeveralMachines: addressOf((group) => group.filter(isLiving).length > 1),
    unknown: '10.255.255.254',
  };
};

/** Whether a record is one that a playbook can mean: it reports, counts, and stands for itself. */
export const isLiving = ({
  onboardingStatus,
  healthStatus,
  isExcluded,
  mergedIntoMachineId,
}: SimulatedMachine): boolean =>
  onboardingStatus === 'Onboarded' && healthStatus === 'Active' && !isExcluded && mergedIntoMachineId === null;

/** Machines that share a host name, whatever their domains and the case of letters. */
export const namesakes = (machines: readonly SimulatedMachine[]): readonly Group[] =>
  groups(machines, ({ computerDnsName }) => hostNameOf(computerDnsName)?.toLowerCase());

const groups = (
  machines: readonly SimulatedMachine[],
  keyOf: (machine: SimulatedMachine) => string | null | undefined,
): readonly Group[] => {
  const found = new Map<string, SimulatedMachine[]>();
  for (const machine of machines) {
    const key = keyOf(machine);
    if (key) found.set(key, [...(found.get(key) ?? []), machine]);
  }
  return [...found.values()];
};

const hostNameOf = (name: string | null | undefined): string | undefined => name?.split('.')[0];
const hasDomain = (name: string | null): boolean => name?.includes('.') ?? false;
/** Of those that are living. */
const namesOf = (group: Group): readonly (string | null)[] =>
  group.filter(isLiving).map(({ computerDnsName }) => computerDnsName);
const isMixed = (names: readonly (string | null)[]): boolean => names.some(hasDomain) && !names.every(hasDomain);
