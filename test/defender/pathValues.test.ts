import { alertId } from '../../src/defender/pathValues/alertId.ts';
import { domainName } from '../../src/defender/pathValues/domainName.ts';
import { userName } from '../../src/defender/pathValues/userName.ts';

describe('a user', () => {
  it.each([
    ['user1', 'user1'],
    ['user1@contoso.com', 'user1'],
    ['CONTOSO\\user1', 'user1'],
    ['john_x.com#EXT#@contoso.onmicrosoft.com', 'john_x.com#EXT#'],
    ['Jürgen Groß', 'Jürgen Groß'],
    ["O'Brien", "O'Brien"],
    ['@odd', '@odd'],
    ['100%', '100%'],
  ])('%s is %s to Defender', (written, value) => {
    expect(userName(written)).toEqual({ kind: 'value', value });
  });

  it.each(['CONTOSO\\', ''])('%j is refused: it is empty', (written) => {
    expect(userName(written)).toMatchObject({ kind: 'wrong', message: expect.stringContaining('it is empty') });
  });
});

describe('an alert id', () => {
  it.each([
    '636688558380765161_2136280442',
    'da637308392288907382_-880718168',
    'da09e47ccc-9dc3-4f9e-a0a5-0a3f1b3d7c11_1',
    'ad6450625369250ba3fc4b5752f34f474ec80b20ae',
    'da637370718981685665_16349121:R4xEdg=',
    '2517228307705103557_15add4de-0000-0000-0000-000000000000',
  ])('%s is sent as it is', (value) => {
    expect(alertId(value)).toEqual({ kind: 'value', value });
  });
});

describe('a domain', () => {
  it.each(['contoso.com', 'api.securitycenter.microsoft.com', 'münchen.example', 'xn--mnchen-3ya.example'])(
    '%s is sent as it is',
    (value) => {
      expect(domainName(value)).toEqual({ kind: 'value', value });
    },
  );

  it("is refused in Defender's own word", () => {
    expect(domainName('https://contoso.com')).toMatchObject({ kind: 'wrong', code: 'InvalidDomainName' });
  });
});

describe.each([
  ['an alert id', alertId],
  ['a user name', userName],
  ['a domain name', domainName],
])('%s', (what, read) => {
  it.each([
    ['a/b', 'a slash'],
    ['a%2Fb', 'a slash'],
    ['a%5cb', 'a slash'],
    ['a%20b', 'percent-encoded twice'],
    ['%2e%2e', 'percent-encoded twice'],
    ['..', 'a dot segment'],
    ['.', 'a dot segment'],
    [' .. ', 'a dot segment'],
    ['a\nb', 'a control character'],
    ['a\u0000b', 'a control character'],
    ['a\u007fb', 'a control character'],
    ['  ', 'empty'],
    ['x'.repeat(257), '257 characters'],
  ])('is not %j', (written, fault) => {
    expect(read(written)).toMatchObject({
      kind: 'wrong',
      message: expect.stringMatching(new RegExp(`can't be ${what}: .*${fault}`)),
    });
  });
});
