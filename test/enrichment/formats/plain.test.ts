import { alertsIn, fixture, machine1, machine2, originalsIn } from './support/reading.ts';

const alertId = 'da637472900382838869_1364969609';
const on = (...machineIds: readonly string[]) => ({ alertId, machineIds, source: 'plain' });
const json = (members: object) => JSON.stringify({ alertId, ...members });

describe('the id of an alert', () => {
  it.each([
    ['id', [on()]],
    ['machine', [on(machine1)]],
    ['machines', [on(machine1, machine2)]],
    ['nulls', [on()]],
  ])('is enough, and machines may be named, in %s.json', (name, alerts) => {
    expect(alertsIn(fixture(`plain/${name}.json`))).toEqual({ alerts, wrong: [], ignored: [] });
  });

  it.each([
    [{ alertId: 7 }, `alertId is a number; write the id as text: "${alertId}".`],
    [{ alertId: null }, 'alertId is missing; it is to be the id of an alert.'],
    [{ alertId: '' }, 'alertId is empty.'],
    [{ alertId: ['a'] }, `alertId is a list; write the id as text: "${alertId}".`],
    [{ alertId: 'a b' }, 'alertId holds a space, a control character, or one that is not ASCII.'],
    [{ alertId: 'a'.repeat(201) }, 'alertId has 201 characters; an alert id has 200 at most.'],
    [{ machineId: 7 }, 'machineId is a number; write it as text, or leave it out.'],
    [{ machineId: {} }, 'machineId is an object; write it as text, or leave it out.'],
    [{ machineIds: machine1 }, 'machineIds is a text; write a list of texts: ["…","…"].'],
    [{ machineIds: [machine1, true] }, 'machineIds[1] is a boolean; write it as text.'],
  ])('is told what is wrong with it: %j', (members, message) => {
    expect(alertsIn(json(members))).toEqual({ alerts: [], wrong: [`: ${message}`], ignored: [] });
  });

  it('is taken without what is no machine id, and that is told', () => {
    expect(alertsIn(json({ machineId: 'c-lab-12.contoso.com' }))).toEqual({
      alerts: [on()],
      wrong: [],
      ignored: [
        `machineId: "c-lab-12.contoso.com" is no machine id of Defender's, which has 40 hexadecimal digits; the alert is taken without it.`,
      ],
    });
  });

  it('may come in a list, as answers of APIs are', () => {
    expect(alertsIn(JSON.stringify({ value: [{ alertId }, { id: 7 }, { alertId, machineId: machine1 }] }))).toEqual({
      alerts: [on(), on(machine1)],
      wrong: ['value[1]: This is no id of an alert, as others here are.'],
      ignored: [],
    });
  });

  it('is itself where a list stands beside it', () => {
    expect(alertsIn(json({ value: [1, { alertId: 'a2' }] })).alerts).toEqual([on()]);
  });

  it('keeps whatever stands beside it', () => {
    const text = new TextDecoder().decode(fixture('plain/machine.json'));
    expect(originalsIn(text)).toEqual([JSON.parse(text)]);
  });
});
