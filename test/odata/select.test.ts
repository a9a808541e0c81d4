import { applySelect, parseSelect } from '../../src/odata/select.ts';

const machine = { '@odata.id': 'x', id: '1', vmMetadata: { vmId: 'a', cloudProvider: 'Azure' }, osBuild: null };

describe('$select', () => {
  it.each([
    ['osBuild, ID', { '@odata.id': 'x', id: '1', osBuild: null }],
    ['vmMetadata/vmId', { '@odata.id': 'x', vmMetadata: { vmId: 'a' } }],
    ['vmMetadata/vmId,vmMetadata', { '@odata.id': 'x', vmMetadata: machine.vmMetadata }],
    ['vmMetadata,vmMetadata/vmId', { '@odata.id': 'x', vmMetadata: machine.vmMetadata }],
    ['id/x,unknown', { '@odata.id': 'x', id: '1' }],
    ['*', machine],
    ['id,*', machine],
    [' , ', machine],
  ])('%s leaves what it names, in the order of the machine', (text, left) => {
    expect(JSON.stringify(applySelect(parseSelect(text), machine))).toBe(JSON.stringify(left));
  });
});
