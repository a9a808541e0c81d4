import { filterableProperties, machineType } from '../../src/defender/machineType.ts';
import { exampleOf, findProperty } from '../../src/odata/edm.ts';
import { parseFilter } from '../../src/odata/filter.ts';
import { printFilter } from '../../src/odata/print.ts';

const literals: Readonly<Record<string, string>> = {
  machineTags: "/any(t: t eq 'x')",
  lastSeen: ' gt 2018-08-01T00:00:00Z',
  rbacGroupId: " in (140, '141')",
  aadDeviceId: ' ne null',
};

describe('the type of a machine', () => {
  it('has the 14 properties that the document lets a filter name', () => {
    expect(filterableProperties).toHaveLength(14);
    for (const name of filterableProperties) expect(machineType.properties).toHaveProperty(name);
  });

  it.each(filterableProperties)('%s is taken in any case and written as documented', (name) => {
    const rest = literals[name] ?? " eq 'x'";
    for (const written of [name, name.toUpperCase(), name.toLowerCase(), name[0]?.toUpperCase() + name.slice(1)]) {
      const read = parseFilter(written + rest, machineType);
      expect(read.kind === 'filter' ? printFilter(read.expression) : read.message).toBe(name + rest);
    }
  });

  it('knows what machines have that the document does not list', () => {
    for (const name of ['firstSeen', 'osBuild', 'isAadJoined', 'mergedIntoMachineId', 'managedBy', 'vmMetadata'])
      expect(findProperty(machineType, name)?.[0]).toBe(name);
  });

  it('gives examples that are right', () => {
    for (const [name, type] of Object.entries(machineType.properties)) {
      const example = type.kind === 'scalar' ? exampleOf(type) : undefined;
      if (example !== undefined)
        expect(parseFilter(`${name} eq ${example}`, machineType)).toMatchObject({ kind: 'filter' });
    }
  });
});
