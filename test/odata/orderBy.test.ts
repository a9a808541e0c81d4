import { applyOrderBy, parseOrderBy } from '../../src/odata/orderBy.ts';

const machines = [
  { id: 'a', lastSeen: '2018-08-02T14:55:03.7791856Z', osBuild: 9, vmMetadata: { vmId: 'z' } },
  { id: 'B', lastSeen: '2018-08-02T14:55:03Z', osBuild: 10, vmMetadata: null },
  { id: 'c', lastSeen: '2018-08-02T14:55:03.7791857Z', osBuild: null, vmMetadata: { vmId: 'Y' } },
];

const ordered = (text: string): string => {
  const read = parseOrderBy(text);
  return read.kind === 'order'
    ? applyOrderBy(read.keys, machines)
        .map(({ id }) => id)
        .join('')
    : read.message;
};

describe('$orderby', () => {
  it.each([
    ['id', 'aBc'],
    ['id desc', 'cBa'],
    ['lastSeen', 'Bac'],
    ['lastSeen  desc', 'caB'],
    ['osBuild', 'caB'],
    ['osBuild desc', 'Bac'],
    ['vmMetadata/vmId asc', 'Bca'],
    ['nothing', 'aBc'],
    ['nothing desc, id desc', 'cBa'],
  ])('%s puts machines in this order: %s', (text, order) => {
    expect(ordered(text)).toBe(order);
  });

  it.each([
    ['id DESC', "$orderby: 'id DESC' is not a property, with asc or desc behind it"],
    ['length(id)', "$orderby: 'length(id)' is not a property, with asc or desc behind it"],
    ['id,', "$orderby: '' is not a property, with asc or desc behind it"],
  ])('%s is not taken', (text, message) => {
    expect(ordered(text)).toBe(message);
  });
});
