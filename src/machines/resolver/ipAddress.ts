/**
 * Addresses in one spelling: IPv6 as RFC 5952 has it, which is how the libraries print them that Defender's texts come from; and an IPv4
 * address inside one as what it is.
 */
import { isIP } from 'node:net';
import { type Read, wrong } from './read.ts';

export const readIpAddress = (written: string): Read<string> => {
  const text = written
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (text === '') return refused('it is empty; write an address such as 10.0.0.5');
  if (text.includes('%'))
    return refused('it holds a zone, which means something on one machine only; leave out what begins with %');
  const address = canonicalAddress(text);
  if (address === undefined)
    return refused(`${shown(text)} is no address; write one such as 10.0.0.5 or 2001:db8::5, without port or mask`);
  const [, why] = nobodys.find(([form]) => form.test(address)) ?? [];
  if (why !== undefined) return refused(`${address} is ${why}`);
  return { kind: 'value', value: address };
};

/** @returns undefined if it is no address */
export const canonicalAddress = (text: string): string | undefined => {
  const version = isIP(text);
  if (version === 0 || text.includes('%')) return undefined;
  return version === 4 ? text : canonicalIpv6(text);
};

const canonicalIpv6 = (text: string): string => {
  const short = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  const number = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');
};

/** Addresses that are not one machine's ("IANA IPv4 and IPv6 Special-Purpose Address Registries"). */
const nobodys: readonly (readonly [form: RegExp, why: string])[] = [
  [/^127\.|^::1$/, 'the address of a machine to itself: every machine has it'],
  [/^0\.|^::$/, 'the address of none'],
  [/^255\.255\.255\.255$/, 'the address of all (broadcast)'],
  [/^(22[4-9]|23\d)\.|^ff[0-9a-f]{2}:/, 'the address of a group (multicast)'],
];

const refused = (message: string) => wrong(message, 'InvalidIpAddress');

const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
