import { alertsIn, fixture, machine1, machine2, machine3, originalsIn } from './support/reading.ts';

const source = 'incident';
const raisedAt = '2020-06-30T09:32:31.4579225Z';
const first = {
  alertId: 'da637291063515066999_-2102938302',
  machineIds: [machine1, machine2],
  raisedAt,
  source,
};
const second = { ...first, alertId: 'da637291085389812387_-1296910232', machineIds: [machine3] };
const ofGraph = {
  alertId: 'da637551227677560813_-961444813',
  machineIds: [machine1],
  raisedAt: '2021-04-27T12:19:27.7211305Z',
  source,
};

describe('an incident of Defender XDR', () => {
  it.each([
    [
      'incident',
      [
        first,
        second,
        { ...first, alertId: 'caA214771F-6AB0-311D-B2B0-BECD3B4A967B', machineIds: [], product: 'other' },
      ],
      ['alerts[3]: alertId is missing; it is to be the id of an alert.'],
      [],
    ],
    ['alert', [first], [], []],
    ['empty', [], [], [': The incident has no alerts.']],
    ['list', [second], [], ['value[1]: The incident has no alerts.']],
    ['ofGraph', [ofGraph], ['alerts[1]: This is no alert.'], []],
  ])('gives each alert its own machines, in %s.json', (name, alerts, wrong, ignored) => {
    expect(alertsIn(fixture(`incident/${name}.json`))).toEqual({ alerts, wrong, ignored });
  });

  it('is read by the id and the devices of its alerts, beside which a providerAlertId may stand', () => {
    const alert = {
      alertId: first.alertId,
      providerAlertId: first.alertId.slice(2),
      serviceSource: 'MicrosoftDefenderATP',
      creationTime: raisedAt,
      devices: [{ mdatpDeviceId: machine1 }, { mdatpDeviceId: machine2 }],
      entities: [],
    };
    for (const sent of [{ incidentId: 1, alerts: [alert] }, alert]) {
      const { alerts } = alertsIn(new TextEncoder().encode(JSON.stringify(sent)));
      expect(alerts).toEqual([first]);
    }
  });

  it('is kept alert by alert', () => {
    const { alerts } = JSON.parse(new TextDecoder().decode(fixture('incident/incident.json')));
    expect(originalsIn(fixture('incident/incident.json'))).toEqual(alerts.slice(0, 3));
  });
});
