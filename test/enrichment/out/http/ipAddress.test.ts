import * as fc from 'fast-check';
import { parseIp } from '../../../../src/enrichment/out/http/ipAddress.ts';
import { law } from '../../../support/law.ts';

describe('an IP address', () => {
  it.each([
    ['0.0.0.0', 4, 0n],
    ['1.2.3.4', 4, 0x01020304n],
    ['255.255.255.255', 4, 0xffffffffn],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['1::', 6, 1n << 112n],
    ['2001:DB8::a', 6, 0x20010db800000000000000000000000an],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n],
    ['1:2:3::5:6:7:8', 6, 0x00010002000300000005000600070008n],
    ['::ffff:169.254.169.254', 6, 0xffffa9fea9fen],
    ['64:ff9b::10.0.0.1', 6, 0x0064ff9b00000000000000000a000001n],
    ['1:2:3:4:5:6:1.2.3.4', 6, 0x00010002000300040005000601020304n],
  ] as const)('%s is a number of IPv%i', (text, family, value) => {
    expect(parseIp(text)).toEqual({ family, value });
  });

  it.each([
    '',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '0x7f.0.0.1',
    '2130706433',
    ' 1.2.3.4',
    '1.2.3.4\n',
    ':',
    ':::',
    '1::2::3',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'g::',
    '::-1',
    '1.2.3.4::',
    '1.2.3.4:1::',
    '::1.2.3.4:1',
    '::1.2.3.256',
    'fe80::1%eth0',
    '[::1]',
  ])('%j is none', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it('is the same number in whatever spelling', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    law(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const long = groups.map((one) => one.toString(16).padStart(4, '0')).join(':');
        const value = BigInt(`0x${groups.map((one) => one.toString(16).padStart(4, '0')).join('')}`);
        const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
        expect([parseIp(long), parseIp(short), parseIp(short.toUpperCase())]).toEqual(
          Array(3).fill({ family: 6, value }),
        );
      }),
    );
  });
});
