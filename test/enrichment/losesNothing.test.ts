import * as fc from 'fast-check';
import { alertKeyOf } from '../../src/enrichment/alertId.ts';
import { retryAfter } from '../../src/enrichment/enriching/times.ts';
import type { MachineAnswer, MachineSource } from '../../src/enrichment/machineSource.ts';
import { alertIdAt, machineIdAt, referenceTo } from './support/references.ts';
import { createWorld, type Mishap } from './support/world.ts';

/** Alerts 0 and 1 are on machines 0 and 1 and so on; every fifth alert is unknown to Defender. */
const knownTo = (index: number): boolean => index % 5 !== 4;

/** Defender, which now and then has no quota, or no answer. */
const moodySource = (moods: readonly ('well' | 'throttled' | 'unavailable')[] = []): MachineSource => {
  let asked = 0;
  const answer = (index: number): MachineAnswer => {
    const mood = moods[asked] ?? 'well';
    asked += 1;
    if (mood === 'throttled') return { kind: 'throttled', retryAfterSeconds: 40, reason: 'spent', calls: 0 };
    if (mood === 'unavailable') return { kind: 'unavailable', reason: '503', calls: 1 };
    if (!knownTo(index)) return { kind: 'absent', calls: 1 };
    return { kind: 'found', machine: { id: machineIdAt(index) }, ageSeconds: 0, from: 'defender', calls: 1 };
  };
  return {
    byId: async (id) => answer(Number.parseInt(id, 16)),
    ofAlert: async (id) => answer(Number(id.split('_')[1]) - 1_000_000),
  };
};

const mishaps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Mishap>('none') },
    { weight: 2, arbitrary: fc.constantFrom<Mishap>('faultBefore', 'faultAfter', 'deathBefore', 'deathAfter') },
  ),
  { maxLength: 200 },
);

const sent = fc.array(
  fc.record({ index: fc.nat(9), isNamed: fc.boolean(), isBare: fc.boolean(), reads: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 12 },
);

const moods = fc.array(fc.constantFrom('well' as const, 'throttled' as const, 'unavailable' as const), {
  maxLength: 20,
});

describe('alerts that were accepted', () => {
  it('each end in one state, and are delivered with the same event each time, whatever dies in between', async () => {
    await fc.assert(
      fc.asyncProperty(sent, mishaps, moods, async (alerts, planned, planMoods) => {
        const world = createWorld({
          source: moodySource(planMoods),
          mishapAt: (step) => planned[step] ?? 'none',
          mostTries: 100,
        });
        for (const { index, isNamed, isBare } of alerts) {
          const id = isBare ? alertIdAt(index).slice(2) : alertIdAt(index);
          const reference = referenceTo(id, { machineIds: isNamed ? [machineIdAt(index)] : [] });
          await world.insistently(({ intake }) => intake.accept([reference]));
        }
        expect(await world.untilRest()).toBeDefined();
        const indexes = [...new Set(alerts.map(({ index }) => index))];
        expect(
          world.store
            .records()
            .map(({ key }) => key)
            .sort(),
        ).toEqual(indexes.map((index) => alertKeyOf(alertIdAt(index))).sort());
        for (const index of indexes) {
          const record = world.store.records().find(({ key }) => key === alertKeyOf(alertIdAt(index)));
          expect(record?.state).toBe(knownTo(index) ? 'enriched' : 'noMachine');
          const events = world.channel.events.filter(({ data }) => alertKeyOf(data?.alertId ?? '') === record?.key);
          const last = events.filter(({ data }) => data?.sequence === record?.sequence);
          expect(last.length).toBeGreaterThan(0);
          expect(new Set(events.map(({ id }) => id)).size).toBe(
            new Set(events.map((event) => JSON.stringify(event))).size,
          );
          if (knownTo(index))
            expect(last[0]?.data?.machines.map(({ machine }) => machine.id)).toEqual([machineIdAt(index)]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('end, with no sweep at all, as soon as the faults that they met allow', async () => {
    const faults = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constant<Mishap>('none') },
        { weight: 1, arbitrary: fc.constantFrom<Mishap>('faultBefore', 'faultAfter') },
      ),
      { maxLength: 60 },
    );
    const verbs = ['read', 'save', 'original', 'note', 'byId', 'ofAlert'];
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(9), { minLength: 1 }),
        faults,
        moods,
        async (indexes, planned, planMoods) => {
          let isAccepted = false;
          let met = 0;
          const world = createWorld({
            source: moodySource(planMoods),
            isSwept: false,
            mostTries: 100,
            mishapAt(step, verb) {
              const mishap = isAccepted && verbs.includes(verb) ? (planned[step % 97] ?? 'none') : 'none';
              if (mishap === 'none' || step > 500) return 'none';
              met += 1;
              return mishap;
            },
          });
          await world.newProcess().services.intake.accept(indexes.map((index) => referenceTo(alertIdAt(index))));
          isAccepted = true;
          const took = await world.untilRest(3000);
          expect(took).toBeDefined();
          const tries = world.store.records().map((record) => record.tries);
          expect(Math.max(0, ...tries)).toBeLessThanOrEqual(met + planMoods.length);
          // All tries in vain may have been one alert's; each wait for the quota is 40 s, a record that is not read 20 s, and a look is made each 20 s.
          const vain = Array.from(
            { length: Math.max(...tries) },
            (_, at) => retryAfter(at + 1, 15_000, 0.5) / 1000 + 20,
          );
          const waits = planMoods.length * 60 + met * 40 + 60;
          expect((took ?? 0) * 60).toBeLessThanOrEqual(vain.reduce((sum, wait) => sum + wait, 0) + waits + 60);
          for (const { key, state } of world.store.records()) {
            expect(state).toBe(knownTo(Number(key.split('_')[1]) - 1_000_000) ? 'enriched' : 'noMachine');
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('have the first five hundred of the machines that are named, and no more', async () => {
    const world = createWorld({ source: moodySource() });
    const machineIds = Array.from({ length: 510 }, (_, at) => machineIdAt(at * 5));
    await world.insistently(({ intake }) => intake.accept([referenceTo(alertIdAt(1), { machineIds })]));
    await world.untilRest();
    const [event] = world.channel.events;
    expect(event?.data?.machines.map(({ machine }) => machine.id)).toEqual(machineIds.slice(0, 500));
  });

  it('end, too, when every message is lost', async () => {
    const world = createWorld({ source: moodySource() });
    await world.insistently(({ intake }) => intake.accept([referenceTo(alertIdAt(1)), referenceTo(alertIdAt(2))]));
    world.toEnrich.lose();
    const minutes = await world.untilRest();
    expect(minutes).toBeGreaterThanOrEqual(15);
    expect(minutes).toBeLessThanOrEqual(18);
    expect(world.store.records().map(({ state }) => state)).toEqual(['enriched', 'enriched']);
  });

  it('fail, with all that is needed to begin anew, when their messages are given up again and again', async () => {
    let isMended = false;
    const world = createWorld({
      source: moodySource(),
      mishapAt: (_, verb) => (isMended || verb !== 'ofAlert' ? 'none' : 'deathBefore'),
    });
    await world.newProcess().services.intake.accept([referenceTo(alertIdAt(1))]);
    expect(await world.untilRest(3000)).toBeDefined();
    const [record] = world.store.records();
    expect(record).toMatchObject({ alertId: alertIdAt(1), state: 'failed' });
    isMended = true;
    await world.insistently(({ replay }) => replay.replay(record?.key ?? ''));
    await world.untilRest();
    expect(world.store.records()).toMatchObject([{ state: 'enriched', sequence: 2 }]);
    expect(world.channel.events.map(({ type }) => type)).toEqual([
      'defender.gateway.alert.notEnriched.v1',
      'defender.gateway.alert.enriched.v1',
    ]);
  });
});
