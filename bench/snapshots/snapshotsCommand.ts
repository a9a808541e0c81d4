/** The bench: a first run, the bare loop, some changes, a second run, and a look whether all is right; the figures in one line at the end. */
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import type { Command } from '../../src/local/command.ts';
import type { RunningPart } from '../../src/local/part.ts';
import { changeMany } from '../../src/local/simulator/changeMany.ts';
import { type Fleet, fleetOf } from '../../src/local/simulator/fleet/fleet.ts';
import { createEndings, type Endings } from '../../src/local/stack/endings.ts';
import { type BenchArguments, help, readArguments } from './arguments.ts';
import { checkRuns } from './check/checkRuns.ts';
import { checkStates } from './check/checkStates.ts';
import { measureBare } from './measure/measureBare.ts';
import { peakOf, quartersOf, sampleMemory } from './measure/memory.ts';
import { type Figures, figuresOf, type Measured, type SeenRun, storingSeconds } from './report/figures.ts';
import { resultLine } from './report/resultLine.ts';
import { openStage, type Place, type Stage } from './stage.ts';

export interface SnapshotsBench extends Place {
  readonly print: (line: string) => void;
}

/** The command `npm run bench:snapshots`: ends by itself. */
export const snapshotsCommand = (bench: SnapshotsBench): Command => ({
  name: 'bench:snapshots',
  help,
  async start(args) {
    const given = readArguments(args);
    // Until all was seen; a bench that is broken off proves nothing.
    process.exitCode = 1;
    const endings = createEndings();
    const done = measureAll(bench, given, endings)
      .then((good) => {
        if (good) process.exitCode = 0;
      })
      .catch((error: Error) => {
        if (!endings.areOver) bench.print(`it can't be measured: ${error.message}`);
      })
      .finally(endings.stop);
    return runningUntil(done, endings);
  },
});

const runningUntil = (done: Promise<void>, endings: Endings): RunningPart => ({
  url: '',
  async stop() {
    await endings.stop();
    await done;
  },
});

/** Of machines that change. */
const seed = 7;
const day = 86_400_000;
/** Up to so many machines the bare loop writes three times, else twice. */
const small = 200_000;

/** Whether all was as it has to be. */
const measureAll = async (bench: SnapshotsBench, given: BenchArguments, endings: Endings): Promise<boolean> => {
  const now = systemClock.wall();
  const asOf = new Date(now - (now % day)).toISOString();
  const stage = await openStage(bench, given, asOf, endings);
  const fleet = fleetOf({ machines: given.machines, seed: 1, asOf: Date.parse(asOf), tenantId: '' });
  const measured = await measure(bench, given, stage, fleet, endings);
  const machines = given.source === 'preview' ? fleet.securityStates().length : fleet.machines().length;
  const wrong = [
    ...checkRuns(measured.first.run, measured.second.run, { machines, changed: measured.changed }),
    ...(await checkStates(stage.states, fleet, measured.second.run)),
  ];
  for (const fault of wrong) bench.print(`wrong: ${fault}`);
  const figures: Figures = figuresOf(measured);
  bench.print('');
  bench.print(resultLine(figures, wrong));
  return wrong.length === 0;
};

const measure = async (
  { print, ...place }: SnapshotsBench,
  { machines, changed: share, profile }: BenchArguments,
  stage: Stage,
  fleet: Fleet,
  endings: Endings,
): Promise<Measured> => {
  const profileOf = (name: string) => (profile === undefined ? undefined : join(profile, `${name}.cpuprofile`));
  const memory = sampleMemory(stage.weigh);
  const began = systemClock.monotonic();
  const first = await stage.run(profileOf('first'));
  const ended = systemClock.monotonic();
  print(told('the first run', first));
  const times = machines <= small ? 3 : 2;
  const wish = { ...place, from: stage.connection, first, times };
  const bare = await measureBare(wish, endings);
  print(`the bare loop: ${inSeconds(bare.writing)}; reading what was staged, alone: ${inSeconds(bare.reading)}`);
  const wanted = { share, seed };
  await stage.control('fleet/changes', wanted);
  const { changed } = changeMany(fleet, wanted);
  const second = await stage.run(profileOf('second'));
  print(told('the second run', second));
  const samples = await memory.stop();
  const peak = peakOf(samples, began, systemClock.monotonic());
  return { first, second, bare, changed, peak, quarters: quartersOf(samples, began, ended) };
};

const inSeconds = (times: readonly number[]): string => times.map((seconds) => `${seconds.toFixed(2)} s`).join(', ');

const told = (name: string, { run }: SeenRun): string => {
  const { counts, cost, outcome } = run;
  const [collecting, storing] = [cost.phaseSeconds.collecting, storingSeconds(run)].map((s) => s.toFixed(2));
  const seconds = `${collecting} s to collect, ${storing} s to store`;
  return `${name}: ${outcome}, ${counts.machines} machines, ${cost.calls} calls, ${seconds}, ${cost.tableTransactions} transactions and ${cost.stagingTransactions} of staging`;
};
