import { groupsOf, parseDeviceGroups } from '../../src/callers/deviceGroups.ts';

const application = '11111111-2222-3333-4444-5555aaaabbbb';

describe('the device groups of callers', () => {
  it('are ids of groups for each caller, as the quota page names it', () => {
    const groups = parseDeviceGroups(`${application.toUpperCase()} = 12 | 13|12,key-0a1b2c3d4e5f=7`);
    expect(groups).toEqual(
      new Map([
        [application, new Set([12, 13])],
        ['key-0a1b2c3d4e5f', new Set([7])],
      ]),
    );
  });

  it('are those of the person too, whatever application it comes through', () => {
    const person = '77777777-6666-4555-8444-333322221111';
    const other = '0a1b2c3d-1111-4222-8333-444455556666';
    const bound = parseDeviceGroups(`${application}=12|13,${person}=13|14`);
    expect(groupsOf(bound, { id: application })).toEqual(new Set([12, 13]));
    expect(groupsOf(bound, { id: other, person })).toEqual(new Set([13, 14]));
    expect(groupsOf(bound, { id: application, person })).toEqual(new Set([13]));
    expect(groupsOf(bound, { id: other, person: other })).toBeUndefined();
  });

  it('can be those of whoever is not named', () => {
    const bound = parseDeviceGroups(`${application}=all,*=12`);
    expect(groupsOf(bound, { id: 'key-0a1b2c3d4e5f' })).toEqual(new Set([12]));
    expect(groupsOf(bound, { id: application })).toBeUndefined();
    const both = parseDeviceGroups(`${application}=all,77777777-6666-4555-8444-333322221111=7,*=12`);
    expect(groupsOf(both, { id: application, person: '77777777-6666-4555-8444-333322221111' })).toEqual(new Set([7]));
  });

  it.each([
    ['anonymous=0', 'piece 1 has a group that is no rbacGroupId, a whole number from 1 on'],
    ['anonymous=12,key-0a1b2c3d4e5f=', 'piece 2 has a group that is no rbacGroupId'],
    ['anonymous=12|', 'piece 1 has a group that is no rbacGroupId'],
    ['anonymous=-3', 'piece 1 has a group that is no rbacGroupId'],
    ['anonymous=The-A-Team', 'piece 1 has a group that is no rbacGroupId'],
    ['anonymous=1234567890', 'piece 1 has a group that is no rbacGroupId'],
    ['anonymous=12;13', 'piece 1 has a group that is no rbacGroupId'],
    ['anonymous', 'piece 1 names no caller'],
    ['anonymous=12,', 'piece 2 names no caller'],
    ['', 'piece 1 names no caller'],
    ['key-0a1b=12', 'piece 1 names no caller'],
    ['anonymous=12,anonymous=13', 'piece 2 is the second one of its caller'],
    [`anonymous=${Array.from({ length: 101 }, (_, i) => i + 1).join('|')}`, 'piece 1 has 101 groups; at most 100'],
  ])('say what is wrong with %j, and what would be right', (text, said) => {
    expect(() => parseDeviceGroups(text)).toThrow(said);
    if (/no caller|no rbac/.test(said)) expect(() => parseDeviceGroups(text)).toThrow('key-0a1b2c3d4e5f=12|13');
  });

  it.each([
    'A0SECRETkeyOfAFunctionApp123456AzFuabcdef==',
    'A0SECRETkeyOfAFunctionApp123456AzFuabcdef===12',
    'anonymous=A0SECRET',
  ])('do not repeat a key that somebody wrote in the wrong place: %j', (text) => {
    const said = () => parseDeviceGroups(text);
    expect(said).toThrow(/^piece 1/);
    expect(said).not.toThrow(/SECRET/);
  });
});
