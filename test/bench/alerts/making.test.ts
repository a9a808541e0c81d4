import { asOfAt } from '../../../bench/alerts/making/asOf.ts';
import { alertsInFleet, type PlannedAlert, planAlerts } from '../../../bench/alerts/making/plannedAlert.ts';
import { planSendings, type Sending, type Way } from '../../../bench/alerts/making/sending.ts';
import { otherSpelling, plainSpelling } from '../../../bench/alerts/making/spelling.ts';
import { writers } from '../../../bench/alerts/making/writers.ts';
import { randomOf } from '../../../bench/quota/random.ts';
import { alertKeyOf } from '../../../src/enrichment/alertId.ts';
import { readAlerts } from '../../../src/enrichment/formats/readAlerts.ts';
import { fleetOf } from '../../../src/local/simulator/fleet/fleet.ts';

const fleetFor = (alerts: number) =>
  fleetOf({ machines: 400, alerts: alertsInFleet(alerts), seed: 1, asOf: Date.parse('2026-02-01'), tenantId: 't' });
const fleet = fleetFor(1_000);
const stormy = planAlerts(fleet, { alerts: 1_000, named: 1, odd: false });
const chaotic = planAlerts(fleet, { alerts: 1_000, named: 0.9, odd: true });

const receivedAt = '2026-02-01T00:00:00Z';
const read = ({ body, contentType }: Pick<Sending, 'body' | 'contentType'>) => {
  const came = { body: Buffer.from(body), headers: { 'content-type': contentType }, receivedAt };
  const result = readAlerts(came, { clientStates: [] });
  if (result.kind !== 'alerts') throw new Error(JSON.stringify(result));
  return result;
};

describe('the alerts of a run', () => {
  it.each([
    ['a storm', stormy],
    ['chaos', chaotic],
  ])('are as many as told, each another one: %s', (_, alerts) => {
    expect(alerts).toHaveLength(1_000);
    expect(new Set(alerts.map(({ id }) => plainSpelling(id))).size).toBe(1_000);
  });

  it('name a machine that Defender has, in a storm', () => {
    const right = stormy.filter(
      ({ id, machineId, expected }) =>
        fleet.alert(id)?.machineId === machineId && fleet.machine(machineId ?? '') && expected.machineId === machineId,
    );
    expect(right).toHaveLength(1_000);
  });

  it('are nine of ten with their machine in chaos, and some of other products, of unknown devices, or unknown', () => {
    const count = (fits: (alert: PlannedAlert) => boolean) => chaotic.filter(fits).length;
    expect(count(({ machineId }) => machineId !== undefined)).toBe(900);
    expect(count(({ product }) => product === 'other')).toBe(10);
    expect(count(({ expected }) => expected.state === 'notDefender')).toBe(5);
    expect(count(({ expected }) => expected.state === 'noMachine')).toBe(30);
    expect(count(({ id, product }) => product === 'defender' && fleet.alert(id) === undefined)).toBe(10);
  });

  it('were raised long enough ago for Defender to know them', () => {
    const young = chaotic.filter(({ raisedAt }) => Date.parse(raisedAt) > Date.parse(receivedAt) - 3_600_000);
    expect(young).toEqual([]);
  });

  it('are so at any time of the day that a run begins', () => {
    for (const time of ['00:00:00', '00:59:59', '01:00:00', '12:00:00', '23:59:59']) {
      const now = Date.parse(`2026-02-01T${time}Z`);
      const asOf = asOfAt(now);
      expect(asOf % 86_400_000).toBe(0);
      expect(now - asOf).toBeGreaterThanOrEqual(3_600_000);
      expect(now - asOf).toBeLessThan(25 * 3_600_000);
    }
  });

  it('cannot be more than the fleet has', () => {
    expect(() => planAlerts(fleetFor(10), { alerts: 900, named: 1, odd: false })).toThrow('too few for 900');
  });
});

describe('the spellings of an alert', () => {
  it.each(
    fleet
      .alerts()
      .slice(0, 16)
      .map(({ id }) => id),
  )('are one alert to the gateway: %s', (id) => {
    expect(alertKeyOf(otherSpelling(id))).toBe(alertKeyOf(id));
    expect(plainSpelling(otherSpelling(id))).toBe(plainSpelling(id));
  });

  it('are told apart from an id that begins with the same letters', () => {
    const id = 'da3cb12a-1111-4111-a111-111111111111_1';
    expect(otherSpelling(id)).toBe(`da${id}`);
    expect(otherSpelling(`da${id}`)).toBe(id);
    expect(plainSpelling(id)).toBe(id);
  });
});

describe.each(writers)('the format $name', ({ write, most, contentType, tellsTime }) => {
  const alerts = chaotic.filter(({ expected }) => expected.state === 'enriched').slice(0, most);
  const told = alerts.map(({ expected: _, ...alert }) => alert);
  const readBack = (all: typeof told) => read({ body: JSON.stringify(write(all)), contentType });

  it('is understood by the gateway: every alert with its machine, and nothing wrong', () => {
    const { alerts: references, wrong } = readBack(told);
    expect(wrong).toEqual([]);
    for (const { id, machineId } of told) {
      const own = references.filter(({ alertId }) => alertId === id);
      expect(own.flatMap(({ machineIds }) => machineIds)).toEqual(machineId === undefined ? [] : [machineId]);
    }
    expect(new Set(references.map(({ alertId }) => alertId)).size).toBe(told.length);
  });

  it('leaves the machine out where there is none to name', () => {
    const { alerts: references } = readBack(told.map(({ machineId: _, ...alert }) => alert));
    expect(references.flatMap(({ machineIds }) => machineIds)).toEqual([]);
    expect(new Set(references.map(({ alertId }) => alertId)).size).toBe(told.length);
  });

  it('tells when an alert was raised if it says that it does', () => {
    const { alerts: references } = readBack(told.slice(0, 1));
    const times = new Set(references.map(({ raisedAt }) => raisedAt !== undefined));
    expect(times).toEqual(new Set([tellsTime]));
  });
});

describe('what is sent', () => {
  const ways: readonly Way[] = ['http', 'hook', 'queue', 'base64', 'eventGrid'];
  const sendings = planSendings(chaotic, { twice: 0.1, ways, random: randomOf(3) });
  const places = sendings.flatMap(({ alerts }) => alerts);

  it('carries every alert, and about one in ten twice', () => {
    expect(new Set(places).size).toBe(1_000);
    expect(places.length).toBeGreaterThan(1_050);
    expect(places.length).toBeLessThan(1_150);
  });

  it('goes by every way, in every format', () => {
    expect(new Set(sendings.map(({ way }) => way))).toEqual(new Set(ways));
    expect(new Set(sendings.map(({ format }) => format))).toEqual(new Set(writers.map(({ name }) => name)));
  });

  it('names the alerts that it says, in either spelling', () => {
    for (const sending of sendings) {
      const named = new Set(read(sending).alerts.map(({ alertId }) => plainSpelling(alertId)));
      expect(named).toEqual(new Set(sending.alerts.map((place) => plainSpelling(chaotic[place]?.id ?? ''))));
    }
  });

  it('tells the time of all that Defender does not know', () => {
    const unknown = sendings.filter(({ alerts }) =>
      alerts.some((place) => chaotic[place]?.expected.state === 'noMachine'),
    );
    expect(unknown.map(({ format }) => format)).not.toContain('plain');
  });

  it('is only what Event Grid sends where it goes to its function, and fits where it goes into a queue', () => {
    const byGrid = sendings.filter(({ way }) => way === 'eventGrid');
    expect(new Set(byGrid.map(({ format }) => format))).toEqual(new Set(['eventGrid']));
    const inQueue = sendings
      .filter(({ way }) => way === 'base64')
      .map(({ body }) => Buffer.from(body).toString('base64'));
    expect(Math.max(...inQueue.map(({ length }) => length))).toBeLessThan(65_536);
  });

  it('is the same for the same seed', () => {
    expect(planSendings(chaotic, { twice: 0.1, ways, random: randomOf(3) })).toEqual(sendings);
  });
});
