import * as fc from 'fast-check';
import { isAllowed, readAllowedHosts } from '../../../../src/enrichment/out/http/allowedHosts.ts';
import { law } from '../../../support/law.ts';

const allows = (hosts: string, url: string) => isAllowed(readAllowedHosts(hosts), new URL(url));

describe('the hosts that are allowed', () => {
  it.each([
    ['hooks.contoso.com', 'https://hooks.contoso.com/alerts?sig=1'],
    ['hooks.contoso.com', 'https://HOOKS.Contoso.com:443/'],
    ['Hooks.CONTOSO.com', 'https://hooks.contoso.com'],
    ['hooks.contoso.com:443', 'https://hooks.contoso.com'],
    ['hooks.contoso.com:8443', 'https://hooks.contoso.com:8443'],
    ['*.contoso.com', 'https://a.contoso.com'],
    ['*.contoso.com', 'https://a.b.contoso.com'],
    ['*.contoso.com:8443', 'https://a.contoso.com:8443'],
    ['a.example, b.example\n c.example', 'https://b.example'],
    ['münchen.example', 'https://xn--mnchen-3ya.example'],
    ['127.0.0.1:8080', 'http://127.1:8080'],
    ['[::1]:8080', 'http://[0:0::1]:8080'],
    ['localhost', 'http://localhost'],
    ['localhost', 'https://localhost'],
  ])('%j allow %s', (hosts, url) => {
    expect(allows(hosts, url)).toBe(true);
  });

  it.each([
    ['', 'https://hooks.contoso.com'],
    ['hooks.contoso.com', 'https://contoso.com'],
    ['hooks.contoso.com', 'https://a.hooks.contoso.com'],
    ['hooks.contoso.com', 'https://hooks.contoso.com.evil.example'],
    ['hooks.contoso.com', 'https://hooks.contoso.com:8443'],
    ['hooks.contoso.com', 'https://hooks.contoso.com@evil.example'],
    ['hooks.contoso.com', 'https://hooks.contoso.com.'],
    ['hooks.contoso.com:8443', 'https://hooks.contoso.com'],
    ['hooks.contoso.com:443', 'http://hooks.contoso.com'],
    ['*.contoso.com', 'https://contoso.com'],
    ['*.contoso.com', 'https://evilcontoso.com'],
    ['*.contoso.com', 'https://a.contoso.com:8443'],
    ['*.contoso.com', 'https://a.contoso.com.evil.example'],
  ])('%j do not allow %s', (hosts, url) => {
    expect(allows(hosts, url)).toBe(false);
  });

  it.each([
    'https://hooks.contoso.com',
    'hooks.contoso.com/path',
    'user@hooks.contoso.com',
    'a.*.contoso.com',
    '*',
    '*.',
    'a:b',
    'a:123456',
    'a:99999',
    ':443',
    '[::1',
    '256.1.1.1',
    'a?b',
  ])('are not %s, which is told', (text) => {
    expect(() => readAllowedHosts(`hooks.contoso.com ${text}`)).toThrow(
      `'${text}' is no host: write names such as hooks.contoso.com, *.contoso.com or hooks.contoso.com:8443`,
    );
  });

  it.each(['*.com', '*.localhost', '*.0.0.1', '*.127.0.0.1'])('are not as many as %s', (text) => {
    expect(() => readAllowedHosts(text)).toThrow(
      `'${text}' allows too much: write the domain below which hosts are meant`,
    );
  });

  it('allow nothing that is no name of theirs, whatever comes', () => {
    const hosts = readAllowedHosts('hooks.contoso.com *.fabrikam.com');
    const end = fc.constantFrom('', '.fabrikam.com', 'fabrikam.com', '.fabrikam.com.', '.hooks.contoso.com', ':8443');
    const near = fc.tuple(fc.domain(), end).map(([name, rest]) => `https://${name}${rest}`);
    const behind = fc.string().map((text) => `https://hooks.contoso.com${text}`);
    law(
      fc.property(fc.oneof(near, behind), (url) => {
        fc.pre(URL.canParse(url));
        const { hostname, port } = new URL(url);
        const isTheirs = /^(hooks\.contoso\.com|.*\.fabrikam\.com)$/.test(hostname) && port === '';
        expect(isAllowed(hosts, new URL(url))).toBe(isTheirs);
      }),
    );
  });
});
