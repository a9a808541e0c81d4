import { BlockList } from 'node:net';
import * as fc from 'fast-check';
import { reachOf } from '../../../../src/enrichment/out/http/reach.ts';
import { law } from '../../../support/law.ts';

/** Node's own arithmetic, to hold ours against; a list for each family, for in `::/3` it finds all of IPv4. */
const unreachable4 = new BlockList();
const unreachable6 = new BlockList();
const blocks4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['168.63.129.16', 32],
] as const;
for (const [net, prefix] of blocks4) unreachable4.addSubnet(net, prefix, 'ipv4');
const blocks6 = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;
for (const [net, prefix] of blocks6) unreachable6.addSubnet(net, prefix, 'ipv6');

const text4 = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
const text6 = (value: bigint) => (value.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':');
const value4 = (text: string) => text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
const value6 = (text: string) =>
  text
    .split(':')
    .filter((group) => group !== '')
    .reduce((value, group, at) => value | (BigInt(`0x${group}`) << BigInt(112 - 16 * at)), 0n);

describe('where an address leads', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['20.50.2.1', 'public'],
    ['100.63.255.255', 'public'],
    ['100.128.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['223.255.255.255', 'public'],
    ['2606:4700::6810:84e5', 'public'],
    ['2a01:111:f100::1', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'other'],
    ['10.1.2.3', 'other'],
    ['100.64.0.1', 'other'],
    ['169.254.169.254', 'other'],
    ['168.63.129.16', 'other'],
    ['172.16.0.1', 'other'],
    ['172.31.255.255', 'other'],
    ['192.168.1.1', 'other'],
    ['198.18.0.1', 'other'],
    ['198.19.255.255', 'other'],
    ['203.0.113.7', 'other'],
    ['224.0.0.251', 'other'],
    ['255.255.255.255', 'other'],
    ['::', 'other'],
    ['::ffff:127.0.0.1', 'other'],
    ['::ffff:8.8.8.8', 'other'],
    ['::7f00:1', 'other'],
    ['64:ff9b::a9fe:a9fe', 'other'],
    ['64:ff9b:1::1', 'other'],
    ['2001::4136:e378:8000:63bf:3fff:fdd2', 'other'],
    ['2001:db8::1', 'other'],
    ['2002:7f00:1::', 'other'],
    ['2002:808:808::1', 'other'],
    ['3fff::1', 'other'],
    ['fc00::1', 'other'],
    ['fd00:ec2::254', 'other'],
    ['fe80::1', 'other'],
    ['fec0::1', 'other'],
    ['ff02::1', 'other'],
    ['fe80::1%eth0', 'other'],
    ['hooks.contoso.com', 'other'],
    ['', 'other'],
  ])('%s: %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });

  it('is public for all of IPv4 but the special blocks, to the last address of each', () => {
    const near = fc
      .tuple(fc.constantFrom(...blocks4), fc.constantFrom(-1, 0, 1), fc.boolean())
      .map(([[net, prefix], step, atEnd]) => (value4(net) + (atEnd ? 2 ** (32 - prefix) : 0) + step) >>> 0);
    law(
      fc.property(fc.oneof(near, fc.integer({ min: 0, max: 2 ** 32 - 1 })), (value) => {
        const address = text4(value);
        expect([address, reachOf(address) === 'public']).toEqual([address, !unreachable4.check(address, 'ipv4')]);
      }),
    );
  });

  it('is public for global unicast of IPv6 but the special blocks, to the last address of each', () => {
    const near = fc
      .tuple(fc.constantFrom(...blocks6), fc.constantFrom(-1n, 0n, 1n), fc.boolean())
      .map(([[net, prefix], step, atEnd]) =>
        BigInt.asUintN(128, value6(net) + (atEnd ? 1n << BigInt(128 - prefix) : 0n) + step),
      );
    const any = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
    const unicast = any.map((value) => (value >> 3n) | (1n << 125n));
    law(
      fc.property(fc.oneof(near, any, unicast), (value) => {
        const address = text6(value);
        expect([address, reachOf(address) === 'public']).toEqual([address, !unreachable6.check(address, 'ipv6')]);
      }),
    );
  });
});
