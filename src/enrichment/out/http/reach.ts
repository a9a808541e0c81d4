/**
 * Where an IP address leads: to anywhere on the internet, to this machine, or to what no stranger should get at, such as a private network or
 * the metadata of a virtual machine. By IANA's registries of special-purpose addresses.
 */
import { type IpAddress, parseIp } from './ipAddress.ts';

export type Reach = 'public' | 'loopback' | 'other';

/** @param address as a resolver gives it; what can't be read is `other` */
export const reachOf = (address: string): Reach => {
  const ip = parseIp(address);
  if (ip === undefined) return 'other';
  if (loopback.some(holding(ip))) return 'loopback';
  return assigned.some(holding(ip)) && !special.some(holding(ip)) ? 'public' : 'other';
};

interface Block extends IpAddress {
  /** Those behind the prefix. */
  readonly freeBits: bigint;
}

const blockOf = (text: string): Block => {
  const [address = '', length] = text.split('/');
  const ip = parseIp(address);
  if (ip === undefined) throw new Error(`${text} is no block of addresses`);
  return { ...ip, freeBits: BigInt((ip.family === 4 ? 32 : 128) - Number(length)) };
};

const holding =
  ({ family, value }: IpAddress) =>
  (block: Block): boolean =>
    block.family === family && block.value >> block.freeBits === value >> block.freeBits;

const loopback = ['127.0.0.0/8', '::1/128'].map(blockOf);

/**
 * All of IPv4; of IPv6 what is global unicast ("Internet Protocol Version 6 Address Space"). Outside of it are `::`, IPv4-mapped addresses,
 * NAT64 (64:ff9b::/96), unique local (fc00::/7), link-local, site-local and multicast ones.
 */
const assigned = ['0.0.0.0/0', '2000::/3'].map(blockOf);

/** "IANA IPv4 Special-Purpose Address Registry", and that of IPv6; with all that holds an IPv4 address. */
const special = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure's own platform, wherever one runs ("What is IP address 168.63.129.16?").
  '168.63.129.16/32',
  // Protocol assignments: Teredo, benchmarks, ORCHID.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
].map(blockOf);
