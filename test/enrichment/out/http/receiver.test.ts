import { readAllowedHosts } from '../../../../src/enrichment/out/http/allowedHosts.ts';
import { addressFault, receiverFault } from '../../../../src/enrichment/out/http/receiver.ts';

const allowed =
  'hooks.contoso.com *.contoso.com 8.8.8.8 127.0.0.1:8080 127.0.0.2:8080 [::1]:8080 localhost:8080 localhost 10.0.0.5 169.254.169.254 [::ffff:7f00:1] [fd00::1]';
const faultOf = (url: string, mayLoopback = false) =>
  receiverFault(url, { allowedHosts: readAllowedHosts(allowed), mayLoopback });

describe("a webhook's address", () => {
  it.each([
    'https://hooks.contoso.com/alerts?sig=secret',
    'https://a.contoso.com',
    'https://8.8.8.8/',
    'https://134744072/',
  ])('may be %s', (url) => {
    expect(faultOf(url)).toBeUndefined();
  });

  it.each([
    ['hooks.contoso.com', 'is no address: write one such as https://hooks.contoso.com/alerts'],
    ['http://hooks.contoso.com/', 'is http and not encrypted: write an address that begins with https://'],
    ['ftp://hooks.contoso.com/', 'is ftp and not encrypted: write an address that begins with https://'],
    [
      'https://me:word@hooks.contoso.com/',
      'holds a user name or a password: leave it out, the signature says who sends',
    ],
    ['https://me@hooks.contoso.com/', 'holds a user name or a password: leave it out, the signature says who sends'],
    [
      'https://evil.example:8443/?sig=secret',
      'is on evil.example:8443, which WEBHOOK_ALLOWED_HOSTS does not list: add it there',
    ],
    ['https://10.0.0.5/', '10.0.0.5 is no public address'],
    ['https://10.5/', '10.0.0.5 is no public address'],
    ['https://012.0.0.5/', '10.0.0.5 is no public address'],
    ['https://0xa000005/', '10.0.0.5 is no public address'],
    ['https://0xa9fea9fe/latest', '169.254.169.254 is no public address'],
    ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1 is no public address'],
    ['https://[fd00::1]/', 'fd00::1 is no public address'],
    ['http://localhost:8080/', 'is http and not encrypted: write an address that begins with https://'],
    ['https://127.0.0.1:8080/', '127.0.0.1 is no public address'],
  ])('may not be %s', (url, fault) => {
    expect(faultOf(url)).toBe(fault);
  });

  it.each([
    'http://localhost:8080/',
    'http://127.0.0.1:8080/',
    'http://127.2:8080/',
    'http://[::1]:8080/',
    'https://localhost',
  ])('may be %s where this machine may be spoken to', (url) => {
    expect(faultOf(url, true)).toBeUndefined();
  });

  it.each([
    ['http://hooks.contoso.com/', 'not encrypted'],
    ['https://10.0.0.5/', 'no public address'],
    ['https://[::ffff:127.0.0.1]/', 'no public address'],
    ['http://127.0.0.1:9090/', 'does not list'],
    ['ftp://localhost/', 'not encrypted'],
  ])('may not be %s even then', (url, fault) => {
    expect(faultOf(url, true)).toContain(fault);
  });
});

describe('what a name leads to', () => {
  it('must be public', () => {
    expect(addressFault('hooks.contoso.com', '8.8.8.8', false)).toBeUndefined();
    expect(addressFault('hooks.contoso.com', '10.0.0.1', false)).toBe(
      'hooks.contoso.com leads to 10.0.0.1, which is no public address',
    );
  });

  it('must be public also where this machine may be spoken to, unless it is named as such', () => {
    expect(addressFault('hooks.contoso.com', '127.0.0.1', true)).toBe(
      'hooks.contoso.com leads to 127.0.0.1, which is no public address',
    );
    expect(addressFault('localhost', '::1', true)).toBeUndefined();
    expect(addressFault('localhost', '127.0.0.1', false)).toBeDefined();
  });

  it('is this machine for localhost, and nothing else', () => {
    expect(addressFault('localhost', '10.0.0.1', true)).toBeDefined();
  });
});
