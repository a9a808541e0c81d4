/** The demonstration: scenes on a stack of its own, what was seen in them, and whether that is what should be seen. */
import { parseArgs } from 'node:util';
import { systemClock } from '../../clock.ts';
import { type Limit, printLimits } from '../../quota/limits.ts';
import type { Command } from '../command.ts';
import type { RunningPart } from '../part.ts';
import type { Paint } from '../stack/command/paint.ts';
import { fleetExamples } from '../stack/fleetExamples.ts';
import { type RunningStack, startStack } from '../stack/stack.ts';
import { clientState } from './alerts/feeds/graph.ts';
import { faultsOf, type Played, sceneLines, summaryLines } from './report.ts';
import type { Scene } from './scene.ts';
import { type Stage, stageOn } from './stage.ts';

export interface Demo {
  readonly appRoot: string;
  readonly workerPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly scenes: readonly Scene[];
  readonly print: (line: string) => void;
  readonly paint: Paint;
}

const demoHelp = `npm run demo

Starts the whole gateway on free ports, with its data in memory, plays scenes on it in about a minute, and says
what was seen and whether that is what should be seen: exit code 0 if all of it is, else 1.`;

/** Small, so that it is soon spent and soon there again. */
const limit: Limit = { calls: 20, seconds: 6 };
/** Enough for a domain that more machines spoke to than Defender lists. */
const machines = 2_000;

/** Nothing of the caller's own environment changes what is seen. */
const settings = {
  QUOTA_LIMITS: printLimits([limit]),
  QUOTA_SCOPE: 'route',
  QUOTA_NETWORK_SPREAD_MS: undefined,
  UPSTREAM_CONCURRENCY: undefined,
  SECURITY_STATES_SOURCE: 'auto',
  SNAPSHOT_SLICE_SECONDS: undefined,
  SNAPSHOT_RETENTION_DAYS: undefined,
  GRAPH_CLIENT_STATE: clientState,
  ALERT_WAIT_SECONDS: undefined,
  ALERT_RETRY_SECONDS: undefined,
  EVENT_GRID_TOPIC_ENDPOINT: undefined,
  WEBHOOK_URL: undefined,
};

/** A demonstration under way; `stop` breaks it off. */
export interface RunningDemo extends RunningPart {
  /** Whether all was as it should be; resolves when everything that was started has ended. */
  readonly isGood: Promise<boolean>;
}

/**
 * Starts the stack, and begins to play all scenes on it.
 *
 * @throws Error when the stack does not start
 */
export const startDemo = async ({ scenes, print, paint, environment, ...app }: Demo): Promise<RunningDemo> => {
  print('starting storage, identity, Defender and the functions host');
  const stack = await startStack({
    ...app,
    data: { kind: 'memory' },
    simulator: { machines, limits: [limit] },
    environment: { ...environment, ...settings },
  });
  const breaking = new AbortController();
  const show = { print: (line: string) => breaking.signal.aborted || print(line), paint };
  const isGood = playAll(scenes, stack, show, breaking.signal).finally(stack.stop);
  return {
    url: stack.url,
    isGood,
    stop: () => {
      breaking.abort();
      return stack.stop();
    },
  };
};

/** The command `npm run demo`: ends by itself, with exit code 0 if all was as it should be, else with 1. */
export const demoCommand = (demo: Demo): Command => ({
  name: 'demo',
  help: demoHelp,
  async start(args) {
    parseArgs({ args: [...args], options: {} });
    // Until all was seen; a demonstration that is broken off proves nothing.
    process.exitCode = 1;
    const running = await startDemo(demo);
    void running.isGood.then(
      (isGood) => {
        if (isGood) process.exitCode = 0;
      },
      (error: Error) => console.error(`demo: ${error.message}`),
    );
    return running;
  },
});

interface Show {
  readonly print: (line: string) => void;
  readonly paint: Paint;
}

const playAll = async (
  scenes: readonly Scene[],
  stack: RunningStack,
  { print, paint }: Show,
  breaking: AbortSignal,
): Promise<boolean> => {
  const stage = stageOn(stack, limit, await fleetExamples(stack.simulator.url));
  print(`${stack.url}: ${machines} machines, ${limit.calls} calls of a kind in ${limit.seconds} s`);
  const played: Played[] = [];
  for (const scene of scenes) {
    if (breaking.aborted) return false;
    const one = await playScene(scene, stage);
    for (const line of sceneLines(one, paint)) print(line);
    played.push(one);
  }
  for (const line of summaryLines(played, paint)) print(line);
  return faultsOf(played).length === 0 && !breaking.aborted;
};

const playScene = async ({ title, play }: Scene, stage: Stage): Promise<Played> => {
  const started = systemClock.monotonic();
  const observations = await play(stage).catch((error: Error) => [
    { did: 'play the scene', saw: error.message, wrong: 'to come to its end' },
  ]);
  return { title, seconds: (systemClock.monotonic() - started) / 1000, observations };
};
