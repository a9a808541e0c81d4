import * as fc from 'fast-check';
import type { Change } from '../../../src/snapshots/change.ts';
import { noChanges, noCounts, type RunCounts } from '../../../src/snapshots/run.ts';
import { attentionEvents } from '../../../src/snapshots/telling/attentionEvent.ts';
import { createTeller } from '../../../src/snapshots/telling/createTeller.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { mostMessageBytes, sizeOf } from '../../../src/storage/messageSize.ts';
import { alarming, countsOf, kept, runOf } from './changes.ts';

const run = '20261121T190000Z';
const source = '/defender-machine-gateway';
const idOf = (at: number): string => at.toString(16).padStart(40, '0');
const alarms = (count: number): readonly Change[] => Array.from({ length: count }, (_, at) => alarming(idOf(at), run));

/** What a queue holds when a run told these changes, of which there are `counted` in all. */
const told = async (changes: readonly Change[], counted: number, mostSingles = 100) => {
  const queue = memoryQueue();
  const teller = createTeller({ queue, source, mostSingles });
  const sent = await teller.tell(runOf(run, { counts: countsOf(counted) }), changes);
  return { sent, texts: queue.texts };
};

describe('a teller', () => {
  it('sends an event in each message, of a run with no more than a hundred', async () => {
    const { sent, texts } = await told(alarms(3), 100);
    expect(sent).toBe(3);
    expect(texts.map((text) => JSON.parse(text).subject)).toEqual([idOf(0), idOf(1), idOf(2)]);
  });

  it('sends arrays of events, of a run with more', async () => {
    const { sent, texts } = await told(alarms(101), 101);
    expect(sent).toBe(texts.length);
    expect(texts.map((text) => JSON.parse(text).length)).toEqual([39, 39, 23]);
  });

  it('sends arrays for a bucket with few changes, too, where the run has many', async () => {
    const { texts } = await told(alarms(1), 101);
    expect(texts.map((text) => JSON.parse(text)[0].subject)).toEqual([idOf(0)]);
  });

  const counted = (changes: Partial<RunCounts['changes']>, requireAttention: number) => ({
    ...noCounts,
    requireAttention,
    changes: { ...noChanges, ...changes },
  });
  it.each<[string, RunCounts, boolean]>([
    ['a hundred that recovered', counted({ resolved: 100 }, 0), false],
    ['more that recovered', counted({ resolved: 101 }, 0), true],
    ['a hundred of both kinds', counted({ newlyRequiresAttention: 50, resolved: 50 }, 50), false],
    ['more of both kinds', counted({ newlyRequiresAttention: 50, resolved: 51 }, 50), true],
    ['many that appeared, and may require attention', counted({ appeared: 101 }, 101), true],
    ['many that appeared, of which few can require attention', counted({ appeared: 5000 }, 100), false],
    ['many that vanished or changed otherwise', counted({ vanished: 500, changed: 500 }, 500), false],
  ])('of a run with %s, looks at its counts', async (_, counts, isBatched) => {
    const queue = memoryQueue();
    await createTeller({ queue, source }).tell(runOf(run, { counts }), alarms(1));
    expect(queue.texts.map((text) => Array.isArray(JSON.parse(text)))).toEqual([isBatched]);
  });

  it('sends nothing, and says so, where nothing is to be told', async () => {
    expect(await told([{ before: kept('a') }], 0)).toEqual({ sent: 0, texts: [] });
  });

  it('leaves states out of an event that no queue would take, and says so', async () => {
    const after = kept(idOf(1), { ['P'.repeat(20_000)]: run });
    const { texts } = await told([{ after }], 1);
    expect(texts.map((text) => JSON.parse(text))).toMatchObject([
      { subject: idOf(1), data: { isShortened: true, links: { states: `/gateway/machines/${idOf(1)}/states` } } },
    ]);
  });

  it('ends where the queue fails, and tells the same when asked again', async () => {
    const texts: string[] = [];
    let isBroken = true;
    const queue = {
      async send(text: string) {
        if (isBroken && texts.length === 2) throw new Error('the queue took no message');
        texts.push(text);
      },
    };
    const teller = createTeller({ queue, source });
    const tell = () => teller.tell(runOf(run, { counts: countsOf(3) }), alarms(3));
    await expect(tell()).rejects.toThrow('the queue took no message');
    isBroken = false;
    await tell();
    expect(texts.slice(2).map((text) => JSON.parse(text).id)).toEqual(alarms(3).map(idOfAlarm));
    expect(texts.slice(0, 2)).toEqual(texts.slice(2, 4));
  });

  const idOfAlarm = ({ after }: Change) => `${run}/${after?.state.id}/requiresAttention`;
});

const property = fc.oneof(
  fc.constantFrom('AntivirusNotReporting', 'AntivirusSignatureVersion', 'EdrImpairedCommunications'),
  fc.string({ unit: 'binary', maxLength: 12_000 }),
);
const states = fc
  .uniqueArray(property, { maxLength: 4 })
  .map((all) => Object.fromEntries(all.map((one) => [one, run])));
const changes = fc
  .array(fc.tuple(states, states, fc.constantFrom('changed', 'appeared', 'vanished')), { maxLength: 60 })
  .map((all) =>
    all.map(([earlier, later, kind], at): Change => {
      const [before, after] = [kept(idOf(at), earlier), kept(idOf(at), later)];
      if (kind === 'appeared') return { after };
      return kind === 'vanished' ? { before } : { before, after };
    }),
  );

describe('the messages of a run', () => {
  it('are none above 48 KiB, and hold each event once and in order, whatever the machines are like', async () => {
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (all, isBatched) => {
        const { texts } = await told(all, isBatched ? 101 : 100);
        const ids = texts.flatMap((text) => [JSON.parse(text)].flat().map(({ id }) => id));
        expect(ids).toEqual(attentionEvents(runOf(run), all, source).map(({ id }) => id));
        expect(Math.max(0, ...texts.map(sizeOf))).toBeLessThanOrEqual(mostMessageBytes);
        expect(texts.every((text) => text.startsWith('[') === isBatched)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('hold as many events as fit: no two that follow each other would go into one', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const { texts } = await told(all, 101);
        const together = texts
          .slice(1)
          .map((text, at) => sizeOf(texts[at] ?? '') + sizeOf(JSON.stringify(JSON.parse(text)[0])) + 1);
        expect(Math.min(mostMessageBytes + 1, ...together)).toBeGreaterThan(mostMessageBytes);
      }),
      { numRuns: 100 },
    );
  });
});
