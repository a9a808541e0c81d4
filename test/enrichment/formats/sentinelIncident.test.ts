import { mostMachines } from '../../../src/enrichment/accepting/merged.ts';
import { sentinelIncidentFormat } from '../../../src/enrichment/formats/sentinelIncident.ts';
import { mostShared } from '../../../src/enrichment/formats/sentinelOriginals.ts';
import { alertsOf, read } from './support/alerts.ts';
import { fixture } from './support/fixture.ts';
import { holdsFor } from './support/laws.ts';

const first = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const second = '77777777e413ddd7902c2932e418702b84d0cc08';
const third = '00a9f1c2e413ddd7902c2932e418702b84d0cc09';

const incident = (name: string) => fixture(`sentinelIncident/${name}`);

interface Properties {
  readonly alerts: readonly unknown[];
}

const propertiesOf = (value: unknown): Properties => {
  const { object, properties } = value as { object?: { properties: Properties }; properties?: Properties };
  return object?.properties ?? properties ?? { alerts: [] };
};

const withAlerts = (value: unknown, alerts: readonly unknown[]): unknown => {
  const copy: unknown = structuredClone(value);
  Object.assign(propertiesOf(copy), { alerts });
  return copy;
};

describe('an incident of Sentinel', () => {
  it('names its alert by the id that Defender gave, and the machine of its host', () => {
    const body = incident('trigger');
    expect(alertsOf(sentinelIncidentFormat, body)).toEqual([
      {
        alertId: 'da637472900382838869_1364969609',
        machineIds: [first],
        product: undefined,
        raisedAt: '2026-11-21T09:14:30.7654321Z',
        original: body,
      },
    ]);
  });

  it('gives each of its alerts all machines, however its hosts spell the name of the id', () => {
    const alerts = alertsOf(sentinelIncidentFormat, incident('severalHosts'));
    expect(alerts.map(({ machineIds }) => [...machineIds].sort())).toEqual(
      Array.from({ length: 4 }, () => [third, first, second]),
    );
  });

  it('tells alerts of other products, and those that only Sentinel has an id for', () => {
    const alerts = alertsOf(sentinelIncidentFormat, incident('severalHosts'));
    expect(alerts.map(({ alertId, product }) => [alertId, product])).toEqual([
      ['da637308392288907382_-880718168', undefined],
      ['3cb12a2f-0b0f-4a44-8d2c-0b4e3a1f6d10_1', undefined],
      ['4f0e9f0c-9b1c-4c0e-8d2c-0b4e3a1f6d11', 'other'],
      ['a-4', 'other'],
    ]);
  });

  it('says when an alert ended where it does not say when it was generated', () => {
    const [, ended] = alertsOf(sentinelIncidentFormat, incident('severalHosts'));
    expect(ended?.raisedAt).toBe('2026-11-21T09:03:12.4381212Z');
  });

  it.each(['severalHosts', 'bare'])('is kept for each of its alerts without the others (%s)', (name) => {
    const whole = JSON.stringify(incident(name));
    const { alerts } = propertiesOf(incident(name));
    const originals = alertsOf(sentinelIncidentFormat, incident(name)).map(({ original }) => original);
    expect(originals.map((original) => propertiesOf(original).alerts)).toEqual(alerts.map((one) => [one]));
    for (const original of originals) {
      expect(JSON.stringify(withAlerts(original, alerts))).toBe(whole);
    }
  });

  it('is kept with its first alert only where the rest of it, kept with each, would be too much', () => {
    const relatedEntities = [{ kind: 'File', properties: { name: 'x'.repeat(mostShared / 4) } }];
    const alerts = [undefined, 'da1', 'da2', 'da3', 'da4'].map((providerAlertId) => ({
      properties: { providerAlertId },
    }));
    const items = read(sentinelIncidentFormat, { properties: { alerts, relatedEntities } }) ?? [];
    expect(items.map((item) => (item.kind === 'alert' ? item.alert.original : item.kind))).toEqual([
      'wrong',
      { properties: { alerts: [alerts[1]], relatedEntities } },
      ...alerts.slice(2),
    ]);
  });

  it('gives each alert no more machines than are looked up for it', () => {
    const relatedEntities = Array.from({ length: mostMachines + 1 }, (_, index) => {
      return { kind: 'Host', properties: { mdatpDeviceId: index.toString(16).padStart(40, '0') } };
    });
    const alerts = ['da1', 'da2'].map((providerAlertId) => ({ properties: { providerAlertId } }));
    const [one, other] = alertsOf(sentinelIncidentFormat, { properties: { alerts, relatedEntities } });
    expect(one?.machineIds).toHaveLength(mostMachines);
    expect(other?.machineIds).toBe(one?.machineIds);
  });

  it('may come without the envelope of the trigger', () => {
    const [alert] = alertsOf(sentinelIncidentFormat, incident('bare'));
    expect(alert).toMatchObject({ alertId: '636688558380765161_2136280442', machineIds: [] });
  });

  it.each([
    ['withoutAlerts', 'object.properties.alerts'],
    ['resource', 'properties.alerts'],
  ])('without alerts (%s) is ignored', (name, place) => {
    expect(read(sentinelIncidentFormat, incident(name))).toEqual([
      { kind: 'ignored', place, message: 'The incident has no alerts.' },
    ]);
  });

  it('names those of its alerts that have no id or one that can be none, and takes the others', () => {
    const items = read(sentinelIncidentFormat, incident('oneWrong')) ?? [];
    expect(items.map(({ kind }) => kind)).toEqual(['alert', 'wrong', 'wrong', 'wrong']);
    expect(items[1]).toEqual({
      kind: 'wrong',
      place: 'object.properties.alerts[1]',
      message: 'VendorOriginalId or ProviderAlertId is missing; it is to be the id of an alert.',
    });
    expect(items[3]).toEqual({
      kind: 'wrong',
      place: 'object.properties.alerts[3]',
      message: expect.stringContaining('ProviderAlertId holds a space'),
    });
  });

  it.each([
    ['an incident of Defender XDR', { incidentId: 1, alerts: [{ alertId: 'da1' }] }],
    ['an object of another kind', { object: { properties: { title: 'x' } } }],
    ['a list', []],
    ['a text', 'incident'],
    ['nothing', null],
  ])('is not seen in %s', (_, value) => {
    expect(read(sentinelIncidentFormat, value)).toBeUndefined();
  });

  holdsFor(sentinelIncidentFormat);
});
