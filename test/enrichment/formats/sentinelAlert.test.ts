import { sentinelAlertFormat } from '../../../src/enrichment/formats/sentinelAlert.ts';
import { alertsOf, read } from './support/alerts.ts';
import { fixture } from './support/fixture.ts';
import { holdsFor } from './support/laws.ts';

const first = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const second = '77777777e413ddd7902c2932e418702b84d0cc08';
const third = '00a9f1c2e413ddd7902c2932e418702b84d0cc09';

const only = (name: string) => {
  const alerts = alertsOf(sentinelAlertFormat, fixture(`sentinelAlert/${name}`));
  if (alerts.length !== 1) throw new Error(`${alerts.length} alerts`);
  return alerts[0];
};

describe('an alert of Sentinel', () => {
  it('comes from the alert trigger with its entities as a list', () => {
    expect(only('trigger')).toEqual({
      alertId: 'da637472900382838869_1364969609',
      machineIds: [first],
      product: undefined,
      raisedAt: '2026-11-21T09:03:12.4381212Z',
      original: fixture('sentinelAlert/trigger'),
    });
  });

  it('comes as a row of SecurityAlert with its entities as a text, of which some only refer to others', () => {
    expect(only('row')).toEqual({
      alertId: '3cb12a2f-0b0f-4a44-8d2c-0b4e3a1f6d10_1',
      machineIds: [first, second],
      product: undefined,
      raisedAt: '2026-11-21T09:14:30.7654321Z',
      original: fixture('sentinelAlert/row'),
    });
  });

  it.each(['emptyEntities', 'brokenEntities'])('names no machine where its entities can not be read (%s)', (name) => {
    expect(only(name)).toMatchObject({ alertId: '3cb12a2f-0b0f-4a44-8d2c-0b4e3a1f6d10_1', machineIds: [] });
  });

  it('may have entities that refer to each other in a ring', () => {
    expect(only('refCycle')?.machineIds).toEqual([third]);
  });

  it('may write its time without a zone, which is UTC', () => {
    expect(only('emptyEntities')?.raisedAt).toBe('2018-09-27T16:59:47Z');
  });

  it('is known by its link to Defender where it has no other id of the product', () => {
    expect(only('idInLinkOnly')).toMatchObject({
      alertId: 'da3cb12a2f-0b0f-4a44-8d2c-0b4e3a1f6d10_1',
      product: undefined,
    });
  });

  it.each([
    ['a rule of Sentinel', 'scheduled'],
    ['Defender for Identity, as only the letters in its link tell', 'identity'],
    ['Defender for Cloud', 'defenderForCloud'],
  ])('is of another product: %s', (_, name) => {
    expect(only(name)?.product).toBe('other');
  });

  it('is not of another product where its id has the letters of Defender for Endpoint, whatever names stand beside it', () => {
    expect(only('customDetection')).toMatchObject({
      alertId: 'ed637308392288907382_-880718168',
      product: undefined,
    });
  });

  it.each([
    ['MDATP', undefined],
    ['Microsoft Defender for Endpoint', undefined],
    ['Microsoft Defender ATP', undefined],
    ['Microsoft 365 Defender', undefined],
    ['Microsoft Defender XDR', undefined],
    ['', undefined],
    ['Microsoft Defender for Office 365', 'other'],
    ['Microsoft Cloud App Security', 'other'],
  ])('of the product %j is of %j', (ProductName, product) => {
    const row = { VendorOriginalId: '636688558380765161_2136280442', ProductName, VendorName: 'Microsoft' };
    expect(alertsOf(sentinelAlertFormat, row)).toMatchObject([{ product }]);
  });

  it('of another vendor is of another product', () => {
    const row = { VendorOriginalId: '636688558380765161_2136280442', VendorName: 'Contoso' };
    expect(alertsOf(sentinelAlertFormat, row)).toMatchObject([{ product: 'other' }]);
  });

  it('that only Sentinel has an id for is of another product', () => {
    const [alert] = alertsOf(sentinelAlertFormat, { SystemAlertId: '6b6f0f1e-2f64-7b8e-91a8-0a1c5d1e4f20' });
    expect(alert).toMatchObject({ alertId: '6b6f0f1e-2f64-7b8e-91a8-0a1c5d1e4f20', product: 'other' });
  });

  it('without any id is wrong', () => {
    expect(read(sentinelAlertFormat, { SystemAlertId: null, Entities: [] })).toEqual([
      {
        kind: 'wrong',
        place: '',
        message: 'VendorOriginalId or ProviderAlertId is missing; it is to be the id of an alert.',
      },
    ]);
  });

  it('comes in the answer to a query, a row each', () => {
    const alerts = alertsOf(sentinelAlertFormat, fixture('sentinelAlert/query'));
    expect(alerts.map(({ alertId, machineIds, product }) => ({ alertId, machineIds, product }))).toEqual([
      { alertId: '3cb12a2f-0b0f-4a44-8d2c-0b4e3a1f6d10_1', machineIds: [first, second], product: undefined },
      { alertId: '9a6f0f1e-2f64-7b8e-91a8-0a1c5d1e4f21', machineIds: [], product: 'other' },
    ]);
  });

  it('may be a resource of Azure in a list; what is none beside it is named', () => {
    expect(read(sentinelAlertFormat, fixture('sentinelAlert/resources'))).toMatchObject([
      { kind: 'alert', alert: { alertId: 'da637472900382838869_1364969609' } },
      { kind: 'wrong', place: 'value[1]' },
    ]);
  });

  it.each([
    ['an alert of Graph', { id: 'da1', providerAlertId: 'da1', serviceSource: 'microsoftDefenderForEndpoint' }],
    ['a query of other rows', { tables: [{ columns: [{ name: 'DeviceId' }], rows: [['x']] }] }],
    ['an empty list', { value: [] }],
    ['nothing', null],
  ])('is not seen in %s', (_, value) => {
    expect(read(sentinelAlertFormat, value)).toBeUndefined();
  });

  it('is none where a query found none', () => {
    const table = { columns: [{ name: 'SystemAlertId' }], rows: [] };
    expect(read(sentinelAlertFormat, { tables: [table] })).toEqual([
      { kind: 'ignored', place: '', message: 'The query found no alerts.' },
    ]);
  });

  it('is wrong where a row of a query has none; tables of something else are passed over', () => {
    const of = (name: string, rows: unknown) => ({ columns: [{ name }], rows });
    const tables = [of('Statistics', [['x']]), of('SystemAlertId', [['a-1'], [], null, 'text'])];
    expect(read(sentinelAlertFormat, { tables })).toMatchObject([
      { kind: 'alert', alert: { alertId: 'a-1' } },
      { kind: 'wrong', place: 'tables[1].rows[1]' },
      { kind: 'wrong', place: 'tables[1].rows[2]' },
      { kind: 'wrong', place: 'tables[1].rows[3]' },
    ]);
  });

  holdsFor(sentinelAlertFormat);
});
