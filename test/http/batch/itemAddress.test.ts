import * as fc from 'fast-check';
import { encodePath } from '../../../src/http/batch/escapes.ts';
import { readAddress } from '../../../src/http/batch/itemAddress.ts';
import { queryValues } from '../../../src/http/batch/queryValues.ts';
import { readAddress as hostsReading, encodePath as hostsWriting } from '../../../src/local/host/http/address.ts';
import { readQuery } from '../../../src/local/host/http/query.ts';
import { law } from '../../support/law.ts';

const here = { host: 'gateway.example', root: '/api/' };
const read = (url: string, root = '/api/') => readAddress(url, { ...here, root }, 'requests[0].url');
const problemOf = (url: string) => {
  const address = read(url);
  return address.kind === 'refused' ? address.problem : undefined;
};

describe('the address of a request in a batch', () => {
  it.each([
    ['machines?$top=5', '/api/machines', '?$top=5'],
    ['machines', '/api/machines', ''],
    ['machines?', '/api/machines', ''],
    ['/gateway/machines/resolve?hostName=srv02', '/gateway/machines/resolve', '?hostName=srv02'],
    ['/testwdatppreview/machinesecuritystates', '/testwdatppreview/machinesecuritystates', ''],
    ['https://gateway.example/api/machines?$top=5', '/api/machines', '?$top=5'],
    ['http://GATEWAY.example', '/', ''],
    ['../gateway/./health', '/gateway/health', ''],
    ['/api/x/%2E%2e/machines/', '/api/machines/', ''],
    ['users/CONTOSO%5Cuser1/machines', '/api/users/CONTOSO\\user1/machines', ''],
    ['users/CONTOSO\\user1/machines', '/api/users/CONTOSO\\user1/machines', ''],
    ['users/a%2Fb%40c/machines', '/api/users/a%2Fb@c/machines', ''],
    ['users/%E9/machines', '/api/users/%E9/machines', ''],
    ["machines?$filter=computerDnsName eq 'é'", '/api/machines', "?$filter=computerDnsName%20eq%20'%C3%A9'"],
    ['machines?a=?', '/api/machines', '?a=?'],
  ])('%s leads to %s', (url, path, query) => {
    expect(read(url)).toEqual({ kind: 'address', path, query });
  });

  it('is relative to the version that the batch was sent to', () => {
    expect(read('machines', '/api/v1.0/')).toMatchObject({ path: '/api/v1.0/machines' });
    expect(read('/api/machines', '/api/v1.0/')).toMatchObject({ path: '/api/machines' });
  });

  it.each([
    'https://api.security.microsoft.com/api/machines?$top=1',
    'https://gateway.example.evil.example/api/machines',
    'https://gateway.example:8443/api/machines',
    'https://gateway.example@evil.example/api/machines',
    'ftp://gateway.example/api/machines',
    'https:///api/machines',
  ])('is not another service’s: %s is refused with what to write', (url) => {
    expect(problemOf(url)).toEqual({
      status: 400,
      code: 'BadRequest',
      message:
        "requests[0].url is the address of another service; only this gateway's are taken. Write it without scheme and host: /api/machines",
    });
  });

  it.each([
    ['machines\n', 400, 'holds a control character'],
    ['machines/%00', 400, 'holds a control character'],
    ["machines?$filter=a eq '#'", 400, 'holds a #, after which nothing is sent; write %23'],
    ['machines/\ud800', 400, 'holds half a character'],
    [`machines?${'x'.repeat(4097)}`, 414, 'is too long'],
    [`machines?${'é'.repeat(700)}`, 414, 'is too long'],
    ['x'.repeat(8192), 414, 'is too long'],
  ])('%j is refused with %i', (url, status, fault) => {
    expect(problemOf(url)).toMatchObject({ status, message: expect.stringContaining(`requests[0].url ${fault}`) });
  });

  it('may be as long as one that is sent alone', () => {
    expect(read(`machines?${'x'.repeat(4096)}`).kind).toBe('address');
  });
});

const pieces = [
  '/',
  '.',
  '..',
  'a',
  'B',
  '\\',
  '+',
  '=',
  ':',
  '%',
  '%2F',
  '%2f',
  '%5C',
  '%2E',
  '%C3%A9',
  '%C3',
  '%ED%A0%80',
  '%F0%9F%98%80',
  '%25',
  '%252F',
  '%00',
  '%0a',
];
const addresses = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => `/${parts.join('')}`);
const queries = fc.array(
  fc.constantFrom('&', '=', 'a', 'A', '$top', '%24top', '+', '%20', '%', '%2', '%E9', '%C3%A9', ',', '?'),
  { maxLength: 14 },
);

describe('an address in a batch', () => {
  it('means what the host takes it to mean alone', () => {
    law(
      fc.property(addresses, (written) => {
        const hosts = hostsReading(written);
        const ours = read(written);
        if (hosts.kind === 'refused') return expect(ours.kind).toBe('refused');
        expect(ours).toMatchObject({ kind: 'address', path: hosts.path });
        expect(encodePath(hosts.path)).toBe(hostsWriting(hosts.path));
      }),
    );
  });

  it('has the values that the host finds in its query', () => {
    law(
      fc.property(queries, (parts) => {
        const query = `?${parts.join('')}`;
        expect(queryValues(query)).toEqual(readQuery(query));
      }),
    );
  });
});
