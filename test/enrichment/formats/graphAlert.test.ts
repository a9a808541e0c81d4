import { alertsIn, fixture, machine1, machine2, machine3 } from './support/reading.ts';

const alert = {
  alertId: 'da637551227677560813_-961444813',
  machineIds: [machine1],
  raisedAt: '2021-04-27T12:19:27.7211305Z',
  source: 'graphAlert',
};

describe('an alert of Graph', () => {
  it.each([
    ['alert', [alert]],
    [
      'twoSpellings',
      [
        {
          ...alert,
          alertId: 'da09e47ccc-6c1b-4f5e-9a53-1d2f3a4b5c6d_1',
          machineIds: [machine2, machine1, machine3],
        },
      ],
    ],
    ['nullDevice', [{ ...alert, machineIds: [] }]],
    ['office', [{ ...alert, alertId: 'fa0c2b6b4e-2d1a-4b0e-9f1c-0242ac120002', machineIds: [], product: 'other' }]],
    ['legacy', [{ ...alert, machineIds: [] }]],
  ])('names the devices of its evidence, in %s.json', (name, alerts) => {
    expect(alertsIn(fixture(`graphAlert/${name}.json`))).toEqual({ alerts, wrong: [], ignored: [] });
  });

  it('may come in a list, some without the id or without any', () => {
    expect(alertsIn(fixture('graphAlert/list.json'))).toEqual({
      alerts: [alert, { alertId: '09e47ccc-6c1b-4f5e-9a53-1d2f3a4b5c6d_1', machineIds: [], source: 'graphAlert' }],
      wrong: ['value[2]: id is missing; it is to be the id of an alert.'],
      ignored: [],
    });
  });
});
