/** The bench: all alerts through the gateway, a look at each of them, and beside it the naive way; the figures in one line at the end. */
import { setMaxListeners } from 'node:events';
import { systemClock } from '../../src/clock.ts';
import type { Command } from '../../src/local/command.ts';
import type { RunningPart } from '../../src/local/part.ts';
import { createEndings, type Endings } from '../../src/local/stack/endings.ts';
import { printLimits } from '../../src/quota/limits.ts';
import { type BenchArguments, help, readArguments } from './arguments.ts';
import { createClient } from './client.ts';
import { callsOf } from './judging/calls.ts';
import { isGood } from './judging/isGood.ts';
import { judge } from './judging/verdict.ts';
import { wantedOf } from './judging/wanted.ts';
import { planAlerts } from './making/plannedAlert.ts';
import { goNaiveWay, type Naive } from './naive/naiveWay.ts';
import { type Figures, resultLine } from './report/resultLine.ts';
import { tell } from './report/words.ts';
import { runAlerts } from './runAlerts.ts';
import { openStage, type Place, type Stage } from './stage.ts';
import { createChaos } from './trouble/chaos.ts';

export interface AlertsBench extends Place {
  readonly print: (line: string) => void;
}

/** The command `npm run bench:alerts`: ends by itself. */
export const alertsCommand = (bench: AlertsBench): Command => ({
  name: 'bench:alerts',
  help,
  async start(args) {
    const given = readArguments(args);
    // Until all was seen; a bench that is broken off proves nothing.
    process.exitCode = 1;
    const endings = createEndings();
    const breaking = new AbortController();
    setMaxListeners(0, breaking.signal); // one for each that waits
    const done = measureAll(bench, given, endings, breaking.signal)
      .then((good) => {
        if (good) process.exitCode = 0;
      })
      .catch((error: Error) => {
        if (!endings.areOver) bench.print(`it can't be measured: ${error.message}`);
      })
      .finally(endings.stop);
    return runningUntil(done, endings, breaking);
  },
});

const runningUntil = (done: Promise<void>, endings: Endings, breaking: AbortController): RunningPart => ({
  url: '',
  async stop() {
    breaking.abort();
    await endings.stop();
    await done;
  },
});

/** Whether all was as it has to be. */
const measureAll = async (
  bench: AlertsBench,
  given: BenchArguments,
  endings: Endings,
  signal: AbortSignal,
): Promise<boolean> => {
  const chaos = given.chaos ? createChaos(given.seed) : undefined;
  const stage = await openStage(bench, given, chaos?.spoil, endings);
  const alerts = planAlerts(stage.fleet, { alerts: given.alerts, named: given.named, odd: given.chaos });
  const ran = await runAlerts({ place: bench, print: bench.print, given, stage, chaos, alerts, endings, signal });
  const verdict = judge({ alerts, ...ran, eventsOf: ({ id }) => ran.events.ofAlert(id) });
  const naive = given.withNaive ? await naiveOf(bench, stage, alerts, signal) : undefined;
  const faults = [...ran.faults, ...verdict.faults];
  const measured = { verdict, calls: callsOf(ran.arrivals, given.limits), seconds: ran.seconds };
  const figures: Figures = {
    ...measured,
    alerts: given.alerts,
    duplicates: ran.events.duplicates(),
    wanted: wantedOf(given, measured),
    limits: printLimits(given.limits),
    naive,
    more: { ...ran.more, ...(faults.length > 0 && { faults: faults.slice(0, 10) }) },
  };
  for (const line of tell(figures, faults, ran.warnings)) bench.print(line);
  bench.print('');
  bench.print(resultLine(figures));
  return isGood({ ...figures, eventFaults: ran.faults });
};

const naiveOf = async (
  { print }: AlertsBench,
  stage: Stage,
  alerts: Parameters<typeof goNaiveWay>[0]['alerts'],
  signal: AbortSignal,
): Promise<Naive> => {
  print('the naive way now: one call per alert, which waits as long as a 429 says; it takes minutes');
  const { url, token } = await stage.openTwin();
  const client = createClient(64);
  try {
    return await goNaiveWay({ alerts, url, token, client, clock: systemClock, signal });
  } finally {
    client.close();
  }
};
