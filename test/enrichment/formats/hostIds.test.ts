import { hostIds } from '../../../src/enrichment/formats/hostIds.ts';
import { machine1 } from './support/reading.ts';

const host = { $id: '3', MachineId: machine1 };

describe('the host in the fields of an evidence', () => {
  it.each([
    ['itself', host],
    ['of a process', { Host: host }],
    ["of a process's image", { ImageFile: { Host: host } }],
    ['referred to', { Host: { $ref: '3' }, ParentProcess: { Host: host } }],
    [
      'of an image that is referred to',
      { ImageFile: { $ref: '2' }, ParentProcess: { ImageFile: { $id: '2', Host: host } } },
    ],
    [
      'referred to by an image that is referred to',
      { ImageFile: { $ref: '2' }, Files: [{ $id: '2', Host: { $ref: '3' } }], ParentProcess: { Host: host } },
    ],
  ])('is found %s', (_, fields) => {
    expect(hostIds(JSON.stringify(fields))).toContain(machine1);
  });
});
