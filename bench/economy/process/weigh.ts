/** How much memory this process has once all that nobody needs is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../../../src/clock.ts';
import type { Weight } from './messages.ts';

/** What the worker writes in front of its weight, on a line of its own. */
export const weightMark = 'weight of the worker: ';

/** The memory of buffers is given back beside the program, a little after the collection that frees them. */
const pauseMs = 100;

/** Collects twice, and tells what is left. */
export const weigh = async (): Promise<Weight> => {
  const collect = collector();
  collect();
  await systemClock.sleep(pauseMs);
  collect();
  await systemClock.sleep(pauseMs);
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss, heap: heapUsed, external };
};

/** Node's own way to it is a flag at the start, which the host does not give its worker. */
const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
};
