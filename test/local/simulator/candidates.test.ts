import * as fc from 'fast-check';
import { machineType } from '../../../src/defender/machineType.ts';
import { candidates } from '../../../src/local/simulator/candidates.ts';
import { fleetOf } from '../../../src/local/simulator/fleet/fleet.ts';
import { evaluateFilter } from '../../../src/odata/evaluate.ts';
import { parseFilter } from '../../../src/odata/filter.ts';
import { law } from '../../support/law.ts';

const plan = { machines: 150, seed: 1, asOf: Date.parse('2026-02-01T00:00:00Z'), tenantId: 'tenant' };
const odd = [
  { id: 'odd1', computerDnsName: '2026-02-01T00:00:00Z', rbacGroupId: 140, lastIpAddress: null },
  { id: 'odd2', computerDnsName: '2026-02-01T00:00:00.0Z', rbacGroupId: 7 },
  { id: '', computerDnsName: '' },
];
const rows = [...fleetOf(plan).machines(), ...odd].map((row) => ({ ...row }) as Readonly<Record<string, unknown>>);
const textsOf = (property: string) => rows.flatMap((row) => (typeof row[property] === 'string' ? [row[property]] : []));

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const property = fc.constantFrom('id', 'computerDnsName', 'aadDeviceId', 'lastIpAddress', 'riskScore');
const text = property.chain((name) =>
  fc.tuple(fc.constantFrom(...textsOf(name)), fc.boolean(), fc.nat({ max: 12 })).map(([whole, isLoud, length]) => ({
    name,
    whole: isLoud ? whole.toUpperCase() : whole,
    start: whole.slice(0, length),
  })),
);
const condition = fc.oneof(
  text.map(({ name, whole }) => `${name} eq ${quoted(whole)}`),
  text.map(({ name, start }) => `startswith(${name},${quoted(start)})`),
  fc
    .array(text, { minLength: 1, maxLength: 4 })
    .map((all) => `${all[0]?.name} in (${all.map(({ whole }) => quoted(whole))})`),
  text.map(({ name, whole }) => `${name} ne ${quoted(whole)}`),
  fc.constantFrom("healthStatus eq 'Active'", "computerDnsName eq '2026-02-01T00:00:00.00Z'", 'rbacGroupId eq 140'),
);
const filter = fc
  .array(fc.tuple(condition, fc.constantFrom(' and ', ' or ')), { minLength: 1, maxLength: 5 })
  .map((all) => all.map(([one, joint], index) => (index === 0 ? one : `${joint}${one}`)).join(''));

describe('the candidates for a filter', () => {
  it('hold all rows that the filter lets through, in their order', () => {
    law(
      fc.property(filter, (written) => {
        const read = parseFilter(written, machineType);
        if (read.kind === 'wrong') throw new Error(`${written}: ${read.message}`);
        const fits = (row: (typeof rows)[number]) => evaluateFilter(read.expression, row);
        expect(candidates(rows, read.expression).filter(fits)).toEqual(rows.filter(fits));
      }),
    );
  });

  it('are few where names are asked for', () => {
    const read = parseFilter("computerDnsName in ('mymachine1.contoso.com','nobody')", machineType);
    expect(read.kind === 'filter' && candidates(rows, read.expression)).toEqual([rows[0]]);
  });
});
