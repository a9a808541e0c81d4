import { alertsIn, fixture, machine1, machine2 } from './support/reading.ts';

const detection = {
  alertId: 'da637370718981685665_16349121',
  machineIds: [machine1],
  raisedAt: '2020-11-05T12:31:08.1685665Z',
  source: 'siemAlert',
};

describe('a detection of the old SIEM feed', () => {
  it.each([
    ['detections', [detection, { ...detection, machineIds: [machine2] }], []],
    ['emptyTexts', [{ alertId: '636207535742330111_-1114309685', machineIds: [], source: 'siemAlert' }], []],
    ['nothing', [], [': AlertId is empty.']],
    [
      'huntingRow',
      [{ ...detection, alertId: 'da638034938542563831_172489803', raisedAt: '2022-11-08T08:42:17.2954051Z' }],
      [],
    ],
  ])('takes an empty text for none, in %s.json', (name, alerts, wrong) => {
    expect(alertsIn(fixture(`siemAlert/${name}.json`))).toEqual({ alerts, wrong, ignored: [] });
  });

  it('may come in a list, as answers of APIs are', () => {
    const value = JSON.parse(new TextDecoder().decode(fixture('siemAlert/detections.json')));
    expect(alertsIn(JSON.stringify({ value })).alerts).toEqual(alertsIn(JSON.stringify(value)).alerts);
  });
});
