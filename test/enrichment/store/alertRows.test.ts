import { mergedByAlert, mostMachines } from '../../../src/enrichment/accepting/merged.ts';
import { mostIdLength } from '../../../src/enrichment/alertId.ts';
import { sourceNames } from '../../../src/enrichment/reference.ts';
import {
  propertiesOfDelivery,
  propertiesOfMarker,
  propertiesOfRecord,
  recordOf,
} from '../../../src/enrichment/store/alertRows.ts';
import { machineIdAt, referenceTo } from '../support/references.ts';
import { delivery, waiting } from './support/alerts.ts';

/** Characters of a string property, and of all of an entity ("Understanding the Table service data model": 64 KiB and 1 MiB of UTF-16). */
const mostOfProperty = 32 * 1024;
const mostOfEntity = 512 * 1024;

/** All that comes from outside, as long as it gets through: quotes and backslashes are two characters of JSON each. */
const largest = () => {
  const alertId = '"\\'.repeat(mostIdLength / 2);
  const machineIds = Array.from({ length: mostMachines + 100 }, (_, at) => machineIdAt(at));
  const raisedAt = '2026-11-21T10:00:00.123456789+01:00';
  const [said] = mergedByAlert(sourceNames.map((source) => referenceTo(alertId, { source, machineIds, raisedAt })));
  return waiting(alertId, { ...said, reason: '"'.repeat(10_000) });
};

describe('the largest alert that can be recorded', () => {
  const record = largest();

  it.each([
    ['record', propertiesOfRecord(record)],
    ['marker', propertiesOfMarker(record)],
    ['delivery', propertiesOfDelivery(delivery(record, 'eventGrid', { reason: '"'.repeat(10_000) }))],
  ])('has a %s that an entity holds', (_, properties) => {
    const lengths = Object.values(properties).map((value) => String(value).length);
    expect(Math.max(...lengths)).toBeLessThan(mostOfProperty);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(mostOfEntity / 4);
  });

  it('comes back as it was', () => {
    expect(record.machineIds).toHaveLength(mostMachines);
    expect(record.sources).toHaveLength(sourceNames.length);
    expect(recordOf(propertiesOfRecord(record))).toEqual(JSON.parse(JSON.stringify(record)));
  });
});
