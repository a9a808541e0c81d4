import { startSimulator } from '../../src/local/simulator/simulator.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';
import { copyRows, makeTables } from './support/mortal/copyRows.ts';
import type { Digest } from './support/mortal/digest.ts';
import type { Death, Finished, Place } from './support/mortal/messages.ts';
import { endMortals, startMortal } from './support/mortal/mortals.ts';

/** Processes at once: while one waits for the lease of a dead one, others work. */
const atOnce = 4;
/** A machine that nothing else happens to. */
const steady = '07c641c1a51302bd5952f094bf5026ea783d1110';
const hours = (hour: number) => Date.UTC(2026, 10, 21, hour);

let azurite: Azurite;
/** The fleet as it was, as it was an hour later, and another hour later. */
let fleets: readonly [string, string, string];
const stops: (() => Promise<void>)[] = [];

const control = async (method: string, url: string, body: object): Promise<void> => {
  const response = await fetch(url, { method, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
};

/** @param changes one after the other: of many machines, or of the build of one */
const fleet = async (changes: readonly object[], ...builds: readonly number[]): Promise<string> => {
  const limits = parseLimits('100000/1');
  const asOf = '2026-11-21T00:00:00Z';
  const simulator = await startSimulator({ port: 0, machines: 24, asOf, limits, deviceAvLimits: limits });
  stops.push(simulator.stop);
  for (const wish of changes) await control('POST', `${simulator.url}/_simulator/fleet/changes`, wish);
  for (const osBuild of builds) await control('PATCH', `${simulator.url}/_simulator/machines/${steady}`, { osBuild });
  return simulator.url;
};

beforeAll(async () => {
  azurite = await startAzurite();
  stops.push(azurite.stop);
  await makeTables(azurite.connectionString);
  const later = { machines: 5, removed: 3, added: 1, seed: 1 };
  // The same five turn back.
  const latest = { machines: 8, removed: 2, added: 2, seed: 1 };
  fleets = [await fleet([]), await fleet([later]), await fleet([later, latest], 26_100)];
});
afterAll(async () => {
  await endMortals();
  for (const stop of stops.reverse()) await stop();
});

const placeOf = (partition: string, hour: 0 | 1 | 2): Place => ({
  connection: azurite.connectionString,
  partition,
  upstream: fleets[hour],
  now: hours(hour),
});

/** A run that nobody disturbs. */
const finished = async (place: Place): Promise<Finished> => {
  const mortal = startMortal();
  const ended = await mortal.work({ place });
  await mortal.end();
  if (!ended) throw new Error('nobody killed it, and it is dead');
  return ended;
};

interface Killing {
  /** Partitions and queues are named after it: lower case letters. */
  readonly name: string;
  readonly hour: 0 | 2;
  readonly when: Death['when'];
  /** At which writes it is killed: each, or one in so many. */
  readonly every: number;
}

interface Ended {
  readonly write: number;
  readonly wasKilled: boolean;
  readonly digest: Digest;
}

/** Kills a run at one write after the other, until one gets through; with each of the dead another process goes on. */
const killedEverywhere = async ({ name, hour, when, every }: Killing): Promise<readonly Ended[]> => {
  const ended: Ended[] = [];
  let next = 1;
  let isThrough = false;
  const chain = async (): Promise<void> => {
    let mortal = startMortal();
    while (!isThrough) {
      const write = next;
      next += every;
      const place = placeOf(`${name}${write}`, hour);
      if (hour > 0) await copyRows(azurite.connectionString, 'before', place.partition);
      const survived = await mortal.work({ place, death: { write, when } });
      if (survived) isThrough = true;
      else mortal = startMortal();
      const finished = survived ?? (await mortal.work({ place }));
      if (finished) ended.push({ write, wasKilled: !survived, digest: finished.digest });
    }
    await mortal.end();
  };
  const whatever = () => {
    isThrough = true;
  };
  const chains = Array.from({ length: atOnce }, () => chain().finally(whatever));
  // All have come to their end before the first fault is told.
  await Promise.allSettled(chains);
  await Promise.all(chains);
  return ended;
};

/** A lease is renewed now and then, which is a write, too. */
const renewals = 5;

describe('a run that is killed with SIGKILL and gone on with by another process', () => {
  const undisturbed: { first?: Finished; later?: Finished } = {};

  beforeAll(async () => {
    undisturbed.first = await finished(placeOf('before', 0));
    await finished(placeOf('before', 1));
    await copyRows(azurite.connectionString, 'before', 'undisturbed');
    undisturbed.later = await finished(placeOf('undisturbed', 2));
  }, 60_000);

  it('is compared with complete ones, the later of which finds every kind of change', () => {
    const { first, later } = undisturbed;
    expect(first?.digest.run).toMatchObject({ outcome: 'complete', phase: 'finished' });
    expect(later?.digest.run).toMatchObject({ outcome: 'complete', phase: 'finished' });
    expect(Object.entries(later?.digest.run.counts.changes ?? {}).filter(([, count]) => count === 0)).toEqual([]);
    expect(later?.digest.events.length).toBeGreaterThan(1);
  });

  it.each(['first', 'later'] as const)('is compared with one that nobody overtook: the %s run', (run) => {
    expect(undisturbed[run]?.attempts).toBe(1);
  });

  it.each(['first', 'later'] as const)(
    'has several batches for a bucket, between which it can be killed: the %s run',
    (run) => {
      expect(Math.max(...(undisturbed[run]?.batches ?? []))).toBeGreaterThan(1);
    },
  );

  it.each([
    { run: 'first', whenever: 'after each write', name: 'firstafter', hour: 0, when: 'after', every: 1 },
    { run: 'later', whenever: 'after each write', name: 'laterafter', hour: 2, when: 'after', every: 1 },
    { run: 'first', whenever: 'before every third write', name: 'firstbefore', hour: 0, when: 'before', every: 3 },
    { run: 'later', whenever: 'before every third write', name: 'laterbefore', hour: 2, when: 'before', every: 3 },
  ] as const)(
    'ends complete and equal to an undisturbed one: the $run run, $whenever',
    async ({ run, ...killing }) => {
      const { writes = 0, digest } = undisturbed[run] ?? {};
      const ended = await killedEverywhere(killing);
      const killed = ended.filter(({ wasKilled }) => wasKilled);
      expect(killed.length).toBeGreaterThanOrEqual(Math.floor((writes - renewals) / killing.every));
      for (const one of ended) expect(one).toEqual({ ...one, digest });
    },
    180_000,
  );
});
