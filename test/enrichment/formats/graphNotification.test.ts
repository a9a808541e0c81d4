import { graphNotificationFormat } from '../../../src/enrichment/formats/graphNotification.ts';
import { alertsOf, read } from './support/alerts.ts';
import { fixture } from './support/fixture.ts';
import { holdsFor } from './support/laws.ts';

const notifications = (name: string) => fixture(`graphNotification/${name}`);
const state = { clientState: 'a secret of ours' };

const about = (resource: unknown, resourceData?: unknown) => ({
  subscriptionId: 's',
  ...state,
  resource,
  resourceData,
});

describe('a change notification of Graph', () => {
  it('names its alert, and no machine', () => {
    const alerts = alertsOf(graphNotificationFormat, notifications('two'));
    expect(alerts.map(({ alertId, machineIds }) => ({ alertId, machineIds }))).toEqual([
      { alertId: 'da637472900382838869_1364969609', machineIds: [] },
      { alertId: 'da637308392288907382_-880718168', machineIds: [] },
    ]);
  });

  it('is kept without its secret', () => {
    const [alert] = alertsOf(graphNotificationFormat, notifications('two'));
    expect(alert?.original).toMatchObject({ subscriptionId: '9f5e1b52-0b2f-4b8e-8f0b-0a5d1c2b3e4f' });
    expect(JSON.stringify(alert)).not.toContain('secret');
  });

  it.each([
    'security/alerts/da1_2',
    '/security/alerts/da1_2/',
    'security/alerts_v2/da1_2',
    "security/alerts_v2('da1_2')",
    "security/alerts('da1_2')",
    'https://graph.microsoft.com/v1.0/security/alerts_v2/da1_2?$select=id',
    'Security/Alerts/da1%5F2',
    'da1_2',
  ])('may name its alert in the resource alone: %s', (resource) => {
    expect(alertsOf(graphNotificationFormat, about(resource))).toMatchObject([{ alertId: 'da1_2' }]);
  });

  it('names its alert in the data of the resource, where both do', () => {
    expect(alertsOf(graphNotificationFormat, about('security/alerts', { id: 'da1_2' }))).toMatchObject([
      { alertId: 'da1_2' },
    ]);
  });

  it('may be alone, as the data of an event is, with the bare id as its resource', () => {
    const [alert] = alertsOf(graphNotificationFormat, notifications('event'));
    expect(alert?.alertId).toBe('da637472900382838869_1364969609');
  });

  it('is wrong without a secret that is known, or about what is no alert; others beside it are taken', () => {
    const items = read(graphNotificationFormat, notifications('foreign')) ?? [];
    expect(items.map(({ kind }) => kind)).toEqual(['wrong', 'wrong', 'alert', 'wrong', 'wrong']);
    expect(items.filter(({ kind }) => kind === 'wrong')).toEqual([
      {
        kind: 'wrong',
        place: 'value[0]',
        message: 'clientState is none of those in the setting GRAPH_CLIENT_STATE.',
      },
      {
        kind: 'wrong',
        place: 'value[1]',
        message:
          'clientState is missing; make the subscription with one that stands in the setting GRAPH_CLIENT_STATE.',
      },
      {
        kind: 'wrong',
        place: 'value[3]',
        message: 'resource "users/7f9e2c1a/messages/AAMk" is no alert; subscribe to security/alerts.',
      },
      { kind: 'wrong', place: 'value[4]', message: 'This is no change notification, as others here are.' },
    ]);
  });

  it('may bring any of several secrets, since they are changed now and then', () => {
    const older = { ...about('da1_2'), clientState: 'an older one' };
    expect(alertsOf(graphNotificationFormat, older)).toHaveLength(1);
  });

  it.each(['', 'A secret of ours', 'a secret of ours ', ['a secret of ours'], { length: 1 }, 7])(
    'is wrong with the secret %j',
    (clientState) => {
      expect(read(graphNotificationFormat, { ...about('da1_2'), clientState })).toMatchObject([{ kind: 'wrong' }]);
    },
  );

  it('is wrong, whatever it brings, until the setting says which secrets are known', () => {
    const items = graphNotificationFormat.read({ ...about('da1_2'), clientState: '' }, '[1].data', {
      clientStates: [],
    });
    expect(items).toEqual([
      {
        kind: 'wrong',
        place: '[1].data',
        message:
          'clientState is not known: set GRAPH_CLIENT_STATE to what the subscription was made with, and send this again.',
      },
    ]);
  });

  it('about the subscription is ignored, and says what to do', () => {
    const items = read(graphNotificationFormat, notifications('lifecycle')) ?? [];
    expect(items.map((item) => (item.kind === 'ignored' ? item.message : item.kind))).toEqual([
      expect.stringContaining('POST /subscriptions/{id}/reauthorize'),
      expect.stringContaining('make it anew'),
      expect.stringContaining('list the alerts of that time'),
      'Graph says "somethingNew" of the subscription.',
    ]);
  });

  it('about the subscription is wrong with a foreign secret', () => {
    const lifecycle = { subscriptionId: 's', lifecycleEvent: 'missed', clientState: 'x' };
    expect(read(graphNotificationFormat, { value: [lifecycle] })).toMatchObject([{ kind: 'wrong' }]);
  });

  it('that only tests whether the gateway is reached is ignored, though its secret is none', () => {
    expect(read(graphNotificationFormat, notifications('reachability'))).toMatchObject([
      { kind: 'ignored', place: 'value[0]' },
    ]);
  });

  it('of an alert that was deleted is ignored', () => {
    const deleted = { ...about('security/alerts/da1_2'), changeType: 'deleted' };
    expect(read(graphNotificationFormat, deleted)).toMatchObject([{ kind: 'ignored' }]);
  });

  it.each([
    ['neither', undefined, undefined, 'resourceData.id'],
    ['the collection alone', 'security/alerts', undefined, 'resource'],
    ['nothing but NA', 'NA', { id: 'NA' }, 'resourceData.id'],
  ])('is wrong where resource and data name no alert: %s', (_, resource, data, field) => {
    expect(read(graphNotificationFormat, about(resource, data))).toEqual([
      { kind: 'wrong', place: '', message: `${field} is missing; it is to be the id of an alert.` },
    ]);
  });

  it.each([
    ['slashes', '/'],
    ['brackets', "('"],
    ['beginnings', '/alerts('],
  ])('is read at once, though its resource is a million %s', (_, part) => {
    const began = performance.now();
    read(graphNotificationFormat, about(`${part.repeat(1_000_000)}x`));
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it.each([
    ['a list of alerts', { value: [{ id: 'da1', providerAlertId: 'da1' }] }],
    ['an empty list', { value: [] }],
    ['a Sentinel alert with a subscription of Azure', { SubscriptionId: 's', ProviderAlertId: 'da1' }],
    ['a text', 'value'],
  ])('is not seen in %s', (_, value) => {
    expect(read(graphNotificationFormat, value)).toBeUndefined();
  });

  holdsFor(graphNotificationFormat);
});
