/** The demonstration: scenes on a stack of its own, what was seen in them, and whether that is what should be seen. */
import { systemClock } from '../../clock.ts';
import { type Limit, printLimits } from '../../quota/limits.ts';
import type { Paint } from '../stack/command/paint.ts';
import { fleetExamples } from '../stack/fleetExamples.ts';
import { startStack } from '../stack/stack.ts';
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
};

/**
 * Plays all scenes, and ends what it started.
 *
 * @returns whether all was as it should be
 * @throws Error when the stack does not start
 */
export const runDemo = async ({ scenes, print, paint, environment, ...app }: Demo): Promise<boolean> => {
  print('starting storage, identity, Defender and the functions host');
  const stack = await startStack({
    ...app,
    data: { kind: 'memory' },
    simulator: { machines, limits: [limit] },
    environment: { ...environment, ...settings },
  });
  try {
    const stage = stageOn(stack, limit, await fleetExamples(stack.simulator.url));
    print(`${stack.url}: ${machines} machines, ${limit.calls} calls of a kind in ${limit.seconds} s`);
    const played: Played[] = [];
    for (const scene of scenes) {
      const one = await playScene(scene, stage);
      for (const line of sceneLines(one, paint)) print(line);
      played.push(one);
    }
    for (const line of summaryLines(played, paint)) print(line);
    return faultsOf(played).length === 0;
  } finally {
    await stack.stop();
  }
};

const playScene = async ({ title, play }: Scene, stage: Stage): Promise<Played> => {
  const started = systemClock.monotonic();
  const observations = await play(stage).catch((error: Error) => [
    { did: 'play the scene', saw: error.message, wrong: 'to come to its end' },
  ]);
  return { title, seconds: (systemClock.monotonic() - started) / 1000, observations };
};
