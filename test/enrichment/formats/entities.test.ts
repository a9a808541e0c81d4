import * as fc from 'fast-check';
import { machinesAmong } from '../../../src/enrichment/formats/entities.ts';
import { law } from '../../support/law.ts';

const one = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const other = '77777777e413ddd7902c2932e418702b84d0cc08';

describe('the machines among entities', () => {
  it.each([
    ['flat', { Type: 'host', MdatpDeviceId: one }],
    ['in additional data', { Type: 'host', AdditionalData: { MdatpDeviceId: one } }],
    ['as a resource has them', { kind: 'Host', properties: { additionalData: { mdatpDeviceId: one } } }],
    ['on a host inside a process', { Type: 'process', Host: { MDATPDEVICEID: one } }],
  ])('are found %s', (_, entity) => {
    expect(machinesAmong([entity])).toEqual([one]);
  });

  it('are found in a text of JSON', () => {
    expect(machinesAmong(JSON.stringify([{ MdatpDeviceId: one }]))).toEqual([one]);
  });

  it('stand in the order of the list, outer ones first', () => {
    const process = { Type: 'process', Host: { MdatpDeviceId: other } };
    expect(machinesAmong([process, { MdatpDeviceId: one }])).toEqual([one, other]);
  });

  it.each([['', '[{', 'null', 7, null, undefined, []]])('are none in %j', (entities) => {
    expect(machinesAmong(entities)).toEqual([]);
  });

  it('are found however entities refer to one another', () => {
    const entity = fc.record({ $id: fc.nat(5).map(String), Host: fc.record({ $ref: fc.nat(5).map(String) }) });
    law(
      fc.property(fc.array(entity), fc.nat(10), (entities, at) => {
        const host = { $id: '6', MdatpDeviceId: one, Parent: { $ref: '6' } };
        const found = machinesAmong(entities.toSpliced(at, 0, { $id: '5', Host: host } as never));
        return found.length === 1 && found[0] === one;
      }),
    );
  });

  it('are found in objects that hold themselves', () => {
    const host: Record<string, unknown> = { MdatpDeviceId: one };
    host.Host = host;
    expect(machinesAmong([host])).toEqual([one]);
  });

  it('are found a hundred thousand levels deep', () => {
    const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => ({ Host: inner }), { MdatpDeviceId: one });
    expect(machinesAmong(deep)).toEqual([one]);
  });
});
