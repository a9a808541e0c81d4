/**
 * A machine's addresses. Homes share 192.168.1.x and offices share their way out, so an address alone does not
 * always say which machine is meant.
 */
import type { Platform } from './platforms.ts';
import { below, chance, hex, pick, type Random, random, streams } from './random.ts';

export interface MachineAddress {
  readonly ipAddress: string;
  readonly macAddress: string | null;
  readonly type: string;
  readonly operationalStatus: 'Up' | 'Down';
}

export interface Addresses {
  readonly lastIpAddress: string | null;
  readonly lastExternalIpAddress: string | null;
  readonly ipAddresses: readonly MachineAddress[];
}

export const addressesAt = (seed: number, index: number, platform: Platform): Addresses => {
  const numbers = random(seed, streams.address, index);
  const lastExternalIpAddress = externalAddress(numbers);
  if (platform.kind === 'mobile') return { lastIpAddress: null, lastExternalIpAddress, ipAddresses: [] };
  const lastIpAddress = localAddress(numbers, index);
  const linux = platform.kind === 'linux';
  const ipAddresses = networkCards(numbers, lastIpAddress, linux ? 'Other' : 'Ethernet');
  ipAddresses.push(...(linux ? linuxLoopbacks : otherLoopbacks));
  return { lastIpAddress, lastExternalIpAddress, ipAddresses };
};

const localAddress = (numbers: Random, index: number): string =>
  chance(numbers, 150)
    ? `192.168.1.${2 + below(numbers, 252)}`
    : `10.${(index >>> 16) & 255}.${(index >>> 8) & 255}.${index & 255}`;

const externalAddress = (numbers: Random): string | null => {
  if (chance(numbers, 10)) return null;
  if (chance(numbers, 50)) return `2001:db8:${hex(numbers, 4)}::${hex(numbers, 3)}`;
  return `${pick(numbers, ['203.0.113', '198.51.100'])}.${1 + below(numbers, 40)}`;
};

const networkCards = (numbers: Random, lastIpAddress: string, type: string): MachineAddress[] => {
  const macAddress = hex(numbers, 12).toUpperCase();
  const card = (ipAddress: string, operationalStatus: 'Up' | 'Down' = 'Up', mac = macAddress): MachineAddress => ({
    ipAddress,
    macAddress: mac,
    type,
    operationalStatus,
  });
  const cards = [card(lastIpAddress), card(`fe80::${hex(numbers, 4)}:${hex(numbers, 4)}:cb1:1f6f`)];
  if (chance(numbers, 120)) cards.push(card(`2001:db8:68:4:${hex(numbers, 4)}:3916:3b3e:${hex(numbers, 4)}`));
  if (chance(numbers, 30)) cards.push(card('', 'Down', hex(numbers, 12).toUpperCase()));
  return cards;
};

const loopbacks = (type: string, macAddress: string | null): readonly MachineAddress[] =>
  ['127.0.0.1', '::1'].map((ipAddress) => ({ ipAddress, macAddress, type, operationalStatus: 'Up' }));
const linuxLoopbacks = loopbacks('Other', '000000000000');
const otherLoopbacks = loopbacks('SoftwareLoopback', null);
