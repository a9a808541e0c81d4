import type { RunRange } from '../../../src/snapshots/stateStore.ts';
import { finished, hour, nextRun } from '../support/finished.ts';
import { leaseMs, machine, running } from '../support/running.ts';

/** Dies at a write: from then on nothing of the process reaches the store. */
const mortal = () => {
  const fate = { writes: 0, diesAt: Number.POSITIVE_INFINITY, before: false, isDead: false };
  const die = () => {
    fate.isDead = true;
    throw new Error('killed');
  };
  return {
    fate,
    writes: {
      beforeWrite: () => {
        if (fate.isDead) throw new Error('dead');
        fate.writes += 1;
        if (fate.before && fate.writes === fate.diesAt) die();
      },
      afterWrite: () => {
        if (!fate.before && fate.writes === fate.diesAt) die();
      },
    },
  };
};

const everything: RunRange = {};
const hex = (n: number) => n.toString(16).padStart(2, '0');
/** Ten in each bucket, more than one batch holds. */
const before = Array.from({ length: 40 }, (_, i) =>
  machine(hex(Math.floor(i * 6.4)), ...(i % 3 === 0 ? ['AntivirusNotReporting'] : [])),
);
/** Six of one bucket have gone, some of another have come between two that were there, some have changed. */
const after = [
  ...before
    .slice(6)
    .map((state, i) => (i % 5 === 0 ? { ...state, propertiesRequireAttention: ['EdrImpairedCommunications'] } : state)),
  ...['41', '42', '43', '44'].map((id) => machine(id)),
  machine('f7', 'AntivirusDisabled'),
];

/** Three runs, the second and the third of a fleet that has changed; the last of them dies at a write, and another process goes on. */
const played = async (diesAt: number, isBefore: boolean, dyingRun: number) => {
  const { fate, writes } = mortal();
  const stage = running({ writes, pageSize: 15 });
  for (let run = 1; run <= 3; run++) {
    stage.sources.fleet = run === 1 ? before : after;
    if (run !== dyingRun) {
      await nextRun(stage.clock, stage.process());
      continue;
    }
    await stage.clock.advance(hour);
    Object.assign(fate, { writes: 0, diesAt, before: isBefore });
    const first = finished(stage.clock, stage.process().tick());
    const isKilled = await first.then(
      () => false,
      () => true,
    );
    Object.assign(fate, { diesAt: Number.POSITIVE_INFINITY, isDead: false });
    if (!isKilled) return { stage, isKilled };
    stage.leases.abandon();
    await stage.clock.advance(leaseMs + 1000);
    // Where it died before its run was written there is nothing to go on with: the next tick begins one.
    await finished(stage.clock, stage.process().resume());
    if ((await stage.index.list({ top: 10 })).length < run) await finished(stage.clock, stage.process().tick());
  }
  return { stage, isKilled: true };
};

/**
 * What is left when all is done. A run's name depends on when it began, so runs are counted; how machines are parted into chunks depends on
 * where it was broken off.
 */
const leftBy = async ({ stage }: Awaited<ReturnType<typeof played>>) => {
  const runs = await stage.index.list({ top: 10 });
  const numbers = new Map(runs.map(({ id }, i) => [id, `run ${runs.length - i}`]));
  const kept = await stage.states.read(0, stage.buckets);
  const changes = await Promise.all(kept.map(({ bucket }) => stage.states.changes(bucket, everything)));
  const text = JSON.stringify({
    buckets: kept.map(({ head, chunks }) => ({ head, machines: chunks.flatMap(({ machines }) => machines) })),
    changes,
    runs: runs.map(({ id, outcome, phase, counts, previous }) => ({ id, outcome, phase, counts, previous })),
    events: [...new Set(stage.queue.texts.map((event) => JSON.parse(event).id))].sort(),
  });
  return JSON.parse([...numbers].reduce((all, [id, number]) => all.replaceAll(id, number), text));
};

it.each([1, 2, 3])('run %i writes several batches to a bucket, so that it can be killed between them', async (last) => {
  const { clock, process, sources, batches } = running();
  const written = async (run: number) => {
    sources.fleet = run === 1 ? before : after;
    const soFar = new Map(batches);
    await nextRun(clock, process());
    return [...batches].map(([bucket, count]) => count - (soFar.get(bucket) ?? 0));
  };
  for (let run = 1; run < last; run++) await written(run);
  expect(Math.max(...(await written(last)))).toBeGreaterThan(1);
});

describe.each([
  ['after', false],
  ['before', true],
] as const)('a run that is killed %s any of its writes', (_, isBefore) => {
  it.each([1, 2, 3])('ends as if it had not been: run %i', async (dyingRun) => {
    const undisturbed = await leftBy(await played(Number.POSITIVE_INFINITY, isBefore, 0));
    let deaths = 0;
    for (let diesAt = 1; ; diesAt++) {
      const end = await played(diesAt, isBefore, dyingRun);
      if (!end.isKilled) break;
      deaths += 1;
      expect(await leftBy(end)).toEqual(undisturbed);
    }
    expect(deaths).toBeGreaterThan(8);
  });
});
