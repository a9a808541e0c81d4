import { alertsIn, fixture, machine1, machine2, originalsIn } from './support/reading.ts';

const source = 'defenderAlert';
const documented = {
  alertId: 'da637472900382838869_1364969609',
  machineIds: [machine1],
  raisedAt: '2021-01-26T20:33:57.7220239Z',
  source,
};
const example = '"da637472900382838869_1364969609"';

describe('an alert of Defender for Endpoint', () => {
  it.each([
    ['alert', [documented], []],
    [
      'nullMachine',
      [
        {
          alertId: 'da637308392288907382_-880718168',
          machineIds: [],
          raisedAt: '2020-07-20T10:53:48.7657932Z',
          source,
        },
      ],
      [],
    ],
    [
      'list',
      [
        {
          alertId: '636688558380765161_2136280442',
          machineIds: [machine2],
          raisedAt: '2018-07-30T23:24:03.7Z',
          source,
        },
        documented,
      ],
      [
        `value[1]: id is a number; write the id as text: ${example}.`,
        'value[2]: This is no Defender alert, as others here are.',
      ],
    ],
    ['withoutId', [], [': id is missing; it is to be the id of an alert.']],
  ])('is read of %s.json', (name, alerts, wrong) => {
    expect(alertsIn(fixture(`defenderAlert/${name}.json`))).toEqual({ alerts, wrong, ignored: [] });
  });

  it('is kept as it came, without the list around it', () => {
    const [first] = originalsIn(fixture('defenderAlert/list.json'));
    expect(first).toEqual({
      id: '636688558380765161_2136280442',
      severity: 'Medium',
      alertCreationTime: '2018-07-30T23:24:03.7Z',
      machineId: machine2.toUpperCase(),
      evidence: [],
    });
  });
});
