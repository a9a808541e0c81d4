import { alertsIn, fixture, machine1, machine2, machine3, originalsIn } from './support/reading.ts';

const source = 'streaming';
const raisedAt = '2022-11-08T08:42:17.2954051Z';
const alertId = 'da638034938542563831_172489803';
const on = (...machineIds: readonly string[]) => ({ alertId, machineIds, raisedAt, source });

describe('records of Defender XDR streaming', () => {
  it.each([
    ['info.json', [on()]],
    ['evidence.json', [on(), on(machine1), on(machine2), on(machine1, machine2), on()]],
    ['references.json', [on(machine2), on()]],
    ['brokenFields.json', [on(), on(), on()]],
    ['foreignDevice.json', [on()]],
    ['oneRecord.json', [on(machine1)]],
  ])('name alerts and their machines, in %s', (name, alerts) => {
    expect(alertsIn(fixture(`streaming/${name}`))).toEqual({ alerts, wrong: [], ignored: [] });
  });

  it('say which product raised an alert, but of custom detections and where they say nothing the id tells', () => {
    expect(alertsIn(fixture('streaming/products.json')).alerts).toEqual([
      { ...on(), alertId: 'ad6450625369250ba3fc4b5752f34f474ec80b20ae', product: 'other' },
      { ...on(machine3), alertId: 'fac3a2b1d0-5d1e-4b0e-9f1c-0242ac120002', product: 'other' },
      { ...on(machine1), alertId: 'ed638034938542563831_-172489803' },
      on(machine1),
    ]);
  });

  it('are taken as lines of a blob, with the number of each line', () => {
    expect(alertsIn(fixture('streaming/lines.jsonl'))).toEqual({
      alerts: [on(), on(machine1)],
      wrong: [],
      ignored: ['line 3: AdvancedHunting-EmailEvents holds no alerts.'],
    });
  });

  it('of other tables are ignored, each table told once', () => {
    expect(alertsIn(fixture('streaming/otherTables.json'))).toEqual({
      alerts: [on()],
      wrong: [],
      ignored: [
        'records[0]: AdvancedHunting-DeviceProcessEvents holds no alerts. The same goes for 1 more.',
        'records[1]: AdvancedHunting-EmailEvents holds no alerts.',
      ],
    });
  });

  it('do no harm to the others where one is wrong', () => {
    expect(alertsIn(fixture('streaming/faulty.json'))).toEqual({
      alerts: [on()],
      wrong: [
        'records[0]: properties.AlertId is missing; it is to be the id of an alert.',
        'records[1]: category is missing; it is to name the table.',
        'records[2]: category is missing; it is to name the table.',
        'records[3]: properties.AlertId is missing; it is to be the id of an alert.',
      ],
      ignored: [],
    });
  });

  it('may be none', () => {
    expect(alertsIn('{"records":[]}')).toEqual({ alerts: [], wrong: [], ignored: [': There are no records.'] });
  });

  it('are kept one by one, whole', () => {
    const { records } = JSON.parse(new TextDecoder().decode(fixture('streaming/evidence.json')));
    expect(originalsIn(fixture('streaming/evidence.json'))).toEqual(records);
  });
});
