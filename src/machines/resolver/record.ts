/**
 * A record of a machine as the rules see it: what they compare, in one spelling, read once. What a row does not say, or says in a way
 * that can't be read, is undefined, and no rule holds for it.
 */
import { instantTicks } from '../../odata/instant.ts';
import type { HostName, Machine } from '../finder.ts';
import { splitName } from './hostName.ts';
import { canonicalAddress } from './ipAddress.ts';

export interface MachineRecord {
  /** The row, as Defender sent it. */
  readonly machine: Machine;
  readonly id: string;
  readonly name: HostName | undefined;
  readonly aadDeviceId: string | undefined;
  readonly lastIpAddress: string | undefined;
  /** The address by which its network was seen from outside, when it last reported. */
  readonly externalAddress: string | undefined;
  /** The record that this one was folded into. */
  readonly mergedInto: string | undefined;
  readonly isExcluded: boolean | undefined;
  readonly isOnboarded: boolean | undefined;
  readonly isInactive: boolean | undefined;
  readonly isPotentialDuplicate: boolean | undefined;
  /** Ticks (`odata/instant.ts`). */
  readonly firstSeen: bigint | undefined;
  /** Of the last full report, which comes about once a day ("Machine resource type"). */
  readonly lastSeen: bigint | undefined;
}

export const recordOf = (machine: Machine): MachineRecord => {
  const id = machine.id.toLowerCase();
  const mergedInto = text(machine.mergedIntoMachineId);
  const onboarding = text(machine.onboardingStatus);
  return {
    machine,
    id,
    name: nameOf(machine),
    aadDeviceId: device(machine.aadDeviceId),
    lastIpAddress: canonicalAddress(text(machine.lastIpAddress) ?? ''),
    externalAddress: canonicalAddress(text(machine.lastExternalIpAddress) ?? ''),
    mergedInto: mergedInto === id ? undefined : mergedInto,
    isExcluded: truth(machine.isExcluded),
    isOnboarded: onboarding === undefined ? undefined : onboarding === 'onboarded',
    isInactive: inactivity.get(text(machine.healthStatus) ?? ''),
    isPotentialDuplicate: truth(machine.isPotentialDuplication),
    firstSeen: instant(machine.firstSeen),
    lastSeen: instant(machine.lastSeen),
  };
};

/**
 * Inactive: no signal for more than seven days. The others but `Unknown` are of machines that are there, with a sensor that can't
 * say all ("Fix unhealthy sensors in Microsoft Defender for Endpoint").
 */
const inactivity: ReadonlyMap<string, boolean> = new Map([
  ['inactive', true],
  ['active', false],
  ['impairedcommunication', false],
  ['nosensordata', false],
  ['nosensordataimpairedcommunication', false],
]);

const nameOf = ({ computerDnsName }: Machine): HostName | undefined => {
  const name = text(computerDnsName)?.replace(/\.$/, '');
  return name ? splitName(name) : undefined;
};

const device = (value: unknown): string | undefined => {
  const id = text(value)?.replace(/^\{(.*)\}$/, '$1');
  return id === undefined || /^[0-]+$/.test(id) ? undefined : id;
};

/** In lower case, without blanks around; undefined where there is none. */
const text = (value: unknown): string | undefined => {
  const trimmed = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return trimmed === '' ? undefined : trimmed;
};

const truth = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const instant = (value: unknown): bigint | undefined =>
  typeof value === 'string' ? instantTicks(value.trim()) : undefined;

/** Each record once, the one seen last first; an order that does not depend on that of the rows. */
export const inOrder = (machines: Iterable<Machine>): readonly MachineRecord[] => {
  const sorted = [...machines].map(recordOf).sort(byLastSeen);
  const ids = new Set<string>();
  return sorted.filter(({ id }) => !ids.has(id) && ids.add(id));
};

const byLastSeen = (a: MachineRecord, b: MachineRecord): number =>
  compare(b.lastSeen ?? -1n, a.lastSeen ?? -1n) || compare(a.id, b.id) || compare(rowText(a), rowText(b));

const compare = <T extends bigint | string>(a: T, b: T): number => (a < b ? -1 : Number(a > b));

const rowText = ({ machine }: MachineRecord): string => JSON.stringify(machine);
