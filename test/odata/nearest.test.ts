import { nearest } from '../../src/odata/nearest.ts';

const known = ['computerDnsName', 'id', 'healthStatus', 'machineTags', 'lastSeen', '$filter'];

describe('nearest', () => {
  it.each([
    ['healthStatos', 'healthStatus'],
    ['heatlhStatus', 'healthStatus'],
    ['HEALTHSTATE', 'healthStatus'],
    ['computerName', 'computerDnsName'],
    ['lastSean', 'lastSeen'],
    ['tags', 'machineTags'],
    ['$filer', '$filter'],
    ['ip', undefined],
    ['colour', undefined],
    ['x'.repeat(50), undefined],
  ])('to %s is %s', (name, near) => {
    expect(nearest(name, known)).toBe(near);
  });
});
