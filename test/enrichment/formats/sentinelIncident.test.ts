import { sentinelIncidentFormat } from '../../../src/enrichment/formats/sentinelIncident.ts';
import { alertsOf, read } from './support/alerts.ts';
import { fixture } from './support/fixture.ts';
import { holdsFor } from './support/laws.ts';

const first = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const second = '77777777e413ddd7902c2932e418702b84d0cc08';
const third = '00a9f1c2e413ddd7902c2932e418702b84d0cc09';

const incident = (name: string) => fixture(`sentinelIncident/${name}`);

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

  it('keeps one original for all its alerts', () => {
    const originals = alertsOf(sentinelIncidentFormat, incident('severalHosts')).map(({ original }) => original);
    expect(new Set(originals).size).toBe(1);
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

  it('with more alerts than can be taken at once is wrong, however many machines it has', () => {
    const alerts = Array.from({ length: 30_000 }, (_, index) => ({ properties: { providerAlertId: `da${index}` } }));
    const relatedEntities = Array.from({ length: 20_000 }, (_, index) => {
      return { kind: 'Host', properties: { mdatpDeviceId: index.toString(16).padStart(40, '0') } };
    });
    expect(read(sentinelIncidentFormat, { properties: { alerts, relatedEntities } })).toEqual([
      {
        kind: 'wrong',
        place: 'properties.alerts',
        message: 'The incident has 30000 alerts; 1000 are the most. Send them as alerts, in parts.',
      },
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
