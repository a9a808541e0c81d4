/** The bench: storage for all, one contender after the other in the same storm, the figures side by side. */
import type { Command } from '../../src/local/command.ts';
import type { RunningPart } from '../../src/local/part.ts';
import { type Azurite, startAzurite } from '../../src/local/stack/azurite.ts';
import { printLimits } from '../../src/quota/limits.ts';
import { readSettings } from '../../src/settings.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { type BenchArguments, help, readArguments } from './arguments.ts';
import { type Contender, type ContenderName, contenders } from './contenders.ts';
import { type Figures, figuresOf } from './measure/figures.ts';
import { draw } from './report/draw.ts';
import { progressLine } from './report/progress.ts';
import { resultLine } from './report/resultLine.ts';
import { tableLines } from './report/table.ts';
import { type Seen, torture } from './torture/torture.ts';

export interface Bench {
  /** The folder of the package.json that names azurite. */
  readonly appRoot: string;
  /** The built gateProcess.ts. */
  readonly workerPath: string;
  readonly print: (line: string) => void;
}

/** The command `npm run bench:quota`: ends by itself, with exit code 0 if the gate let no call too many through, else with 1. */
export const benchCommand = (bench: Bench): Command => ({
  name: 'bench:quota',
  help,
  async start(args) {
    const given = readArguments(args);
    // Until all was seen; a bench that is broken off proves nothing.
    process.exitCode = 1;
    const { part, isGood } = await startBench(bench, given);
    void isGood.then(
      (good) => {
        if (good) process.exitCode = 0;
      },
      (error: Error) => console.error(`bench:quota: ${error.message}`),
    );
    return part;
  },
});

/** Whether the gate broke no limit is known when everything that was started has ended. */
const startBench = async (
  bench: Bench,
  given: BenchArguments,
): Promise<{ part: RunningPart; isGood: Promise<boolean> }> => {
  const azurite = await startAzurite({ appRoot: bench.appRoot });
  const breaking = new AbortController();
  const isGood = playAll(bench, given, azurite, breaking.signal).finally(azurite.stop);
  return {
    isGood,
    part: {
      url: azurite.tables,
      async stop() {
        breaking.abort();
        await isGood.catch(() => undefined);
      },
    },
  };
};

/** So that even a short trial sees the second of the short windows. */
const leastMs = 6500;

interface Played {
  readonly contender: Contender;
  readonly seen: Seen;
  readonly figures: Figures;
}

const playAll = async (
  { workerPath, print }: Bench,
  given: BenchArguments,
  { connectionString }: Azurite,
  signal: AbortSignal,
): Promise<boolean> => {
  const { conditions } = given;
  await (
    await tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: connectionString }), 'quota')()
  ).createTable();
  for (const line of opening(given)) print(line);
  const played: Played[] = [];
  for (const contender of contenders) {
    const milliseconds = lengthOf(contender, given);
    const onProgress = (seen: Seen) => print(progressLine(seen, milliseconds, conditions.limits));
    const stage = { connectionString, workerPath, signal, onProgress };
    const seen = await torture(contender, milliseconds, conditions, stage);
    onProgress(seen);
    played.push({ contender, seen, figures: figuresOf(seen, conditions.limits, conditions.saturated) });
  }
  await draw(
    given.svg,
    played.map(({ seen }) => seen),
    conditions,
  );
  return tell(played, given, print);
};

const lengthOf = ({ name, part }: Contender, { milliseconds }: BenchArguments): number =>
  name === 'ours' ? milliseconds : Math.max(leastMs, milliseconds * part);

const opening = (given: BenchArguments): readonly string[] => {
  const { conditions } = given;
  const { limits, processes, saturated, lostPerMille, seed, rhythm } = conditions;
  const all = contenders.reduce((sum, contender) => sum + lengthOf(contender, given), 0);
  return [
    `${processes} processes, ${saturated} of them with background waiting always; ${printLimits(limits)}, which is ten times as fast as in life`,
    `one killed every ${rhythm.killEveryMs / 1000} s, one frozen every ${rhythm.freezeEveryMs / 1000} s, ${lostPerMille} of 1000 writes unanswered; seed ${seed}`,
    `${Math.ceil(all / 1000)} s and a few for each start`,
    '',
  ];
};

const tell = (
  played: readonly Played[],
  { conditions, svg }: BenchArguments,
  print: (line: string) => void,
): boolean => {
  const [ours, ...peers] = played;
  if (!ours) return false;
  const columns = played.map(({ contender: { title }, figures }) => ({ title, figures }));
  for (const line of [
    '',
    ...tableLines(columns, conditions.limits),
    '',
    ...notes(played),
    `The drawing is in ${svg}.`,
    '',
  ])
    print(line);
  const byName = Object.fromEntries(peers.map(({ contender, figures }) => [contender.name, figures]));
  const { processes, seed } = conditions;
  print(resultLine(ours.figures, byName as Partial<Record<ContenderName, Figures>>, { processes, seed }));
  return ours.figures.violations === 0;
};

/** What a reader of the figures has to know. */
const notes = (played: readonly Played[]): readonly string[] => {
  const [ours] = played;
  if (!ours) return [];
  const said = Object.entries(ours.seen.report.said).map(
    ([message, times]) => `the gate said ${times} times: ${message}`,
  );
  return [
    `The upstream noted no arrival of the gate's more than ${ours.seen.latestNoteMs.toFixed(0)} ms late.`,
    ...(ours.figures.utilisation === null
      ? ['The run was shorter than the long window, so how well that is used can not be said.']
      : []),
    ...said,
  ];
};
