import * as fc from 'fast-check';
import { createIntake } from '../../../src/enrichment/accepting/createIntake.ts';
import type { AlertStore } from '../../../src/enrichment/alertStore.ts';
import { createEnding } from '../../../src/enrichment/ending.ts';
import { createEnriching } from '../../../src/enrichment/enriching/createEnriching.ts';
import { createSpellings } from '../../../src/enrichment/enriching/spellings.ts';
import type { MachineAnswer } from '../../../src/enrichment/machineSource.ts';
import { readEnrichMessage } from '../../../src/enrichment/messages.ts';
import { readAlertEvent } from '../../../src/enrichment/out/alertEvent.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { quietLog } from '../../support/quietLog.ts';
import { alertIdAt, machineIdAt, referenceTo } from '../support/references.ts';

const alertId = alertIdAt(1);
type Mood = 'well' | 'throttled' | 'unavailable';

/** A store and a queue whose every step waits until the scheduler lets it go, and workers on them that know nothing of each other. */
const stageOf = (pause: () => Promise<unknown>, moods: readonly Mood[]) => {
  const [clock, store, queue] = [fakeClock(), memoryAlertStore(), memoryQueue()];
  const saved: string[] = [];
  const asked = (index: number): MachineAnswer => {
    const mood = moods[steps++] ?? 'well';
    if (mood === 'throttled') return { kind: 'throttled', retryAfterSeconds: 5, reason: 'spent', calls: 0 };
    if (mood === 'unavailable') return { kind: 'unavailable', reason: '503', calls: 1 };
    return { kind: 'found', machine: { id: machineIdAt(index) }, ageSeconds: 0, from: 'defender', calls: 1 };
  };
  let steps = 0;
  const pausing: AlertStore = {
    ...store,
    create: async (...given) => pause().then(() => store.create(...given)),
    read: async (...given) => pause().then(() => store.read(...given)),
    original: async (...given) => pause().then(() => store.original(...given)),
    async save(record, version, ending) {
      await pause();
      const next = await store.save(record, version, ending);
      if (ending) saved.push(`${record.sequence}`);
      return next;
    },
  };
  const parts = {
    store: pausing,
    clock,
    queue: { send: async (text: string) => pause().then(() => queue.send(text)) },
  };
  const worker = () =>
    createEnriching({
      ...parts,
      end: createEnding({
        ...parts,
        delivering: { sendAll: async () => undefined },
        channels: ['queue'],
        source: '/gateway',
        linkOf: (id) => id,
      }),
      source: {
        byId: async (id) => pause().then(() => asked(Number.parseInt(id, 16))),
        ofAlert: async () => pause().then(() => asked(1)),
      },
      spellings: createSpellings(store),
      rules: { retryMs: 1000, mostTries: 100, unknownAfterMs: 1 },
      log: quietLog,
      random: () => 0,
    });
  return { clock, store, queue, saved, workers: [worker(), worker()] as const, intake: createIntake(parts) };
};

const named = (index: number) => referenceTo(alertId, { machineIds: [machineIdAt(index)] });

describe('two workers that have messages of one alert, while more is said of it', () => {
  it('end it with all its machines, each result once, and no message is left that is asked for', async () => {
    const moods = fc.array(fc.constantFrom<Mood>('well', 'throttled', 'unavailable'), { maxLength: 8 });
    const later = fc.uniqueArray(fc.integer({ min: 2, max: 5 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), moods, later, fc.boolean(), async (scheduler, planned, more, isNamed) => {
        let isPaused = false;
        const stage = stageOf(async () => (isPaused ? scheduler.schedule(Promise.resolve()) : undefined), planned);
        const { store, queue, workers, intake, saved } = stage;
        await intake.accept([isNamed ? named(1) : referenceTo(alertId)]);
        isPaused = true;
        const [text = ''] = queue.texts;
        const works = [...workers, workers[0]].map((worker) => worker.enrich(readEnrichMessage(JSON.parse(text))));
        await scheduler.waitFor(Promise.all([...works, ...more.map((index) => intake.accept([named(index)]))]));

        isPaused = false;
        for (let at = 1; at < queue.texts.length; at += 1) {
          await workers[at % 2 === 0 ? 0 : 1].enrich(readEnrichMessage(JSON.parse(queue.texts[at] ?? '')));
          expect(at).toBeLessThan(60);
        }
        const [record] = store.records();
        expect(record?.state).toBe('enriched');
        const expected = [...(isNamed ? [1] : []), ...more].map(machineIdAt);
        expect(record?.machineIds).toEqual(expect.arrayContaining(expected));
        expect(saved).toEqual(Array.from({ length: record?.sequence ?? 0 }, (_, at) => `${at + 1}`));
        const event = readAlertEvent((await store.result(record?.key ?? '', record?.sequence ?? 0)) ?? '""');
        const machines = event?.data?.machines.map(({ machine }) => machine.id);
        expect(machines).toEqual(record?.machineIds);
        expect(store.outbox().map(({ sequence }) => `${sequence}`)).toEqual(saved);
      }),
      { numRuns: 500 },
    );
  });
});
