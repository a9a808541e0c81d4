/**
 * One run of the quota gate in virtual time: as many processes as wished with the very code that ships, a store, a network, an
 * upstream and callers, and whatever goes wrong among them. A seed determines all of it.
 */
import type { Log } from '../../src/log.ts';
import { drawsOf } from './draws.ts';
import { keepCallers, startCallers } from './load/callers.ts';
import { startObeying, startSequential } from './load/special.ts';
import type { SimulationOptions } from './options.ts';
import { createDigest } from './result/digest.ts';
import { type Result, resultOf } from './result/result.ts';
import { createTally } from './result/tally.ts';
import { onVirtualTime } from './time/globalTimers.ts';
import { createVirtualTime } from './time/virtualTime.ts';
import { createUpstream } from './upstream/upstream.ts';
import { startChaos } from './world/chaos.ts';
import { watchOutages } from './world/outages.ts';
import type { SimulatedProcess } from './world/process.ts';
import { fill } from './world/seats.ts';
import { createStore } from './world/store.ts';
import type { World } from './world/world.ts';

/** 2026-11-21. Only the distance from one instant to another matters. */
const epochMs = 1_795_219_200_000;
/** The others start within so long of the first. */
const startWithinMs = 3000;
const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Runs it to its end. One at a time: while it is on, the global timers show virtual time. */
export const simulate = async (options: SimulationOptions, log: Log = quiet): Promise<Result> => {
  const startedAt = performance.now();
  const world = createWorld(options, log);
  await onVirtualTime(world.time, epochMs, async () => {
    found(world);
    startCallers(world);
    startObeying(world);
    startSequential(world);
    startChaos(world);
    watchOutages(world);
    await world.time.run(options.seconds * 1000);
  });
  return resultOf(world, performance.now() - startedAt);
};

const createWorld = (options: SimulationOptions, log: Log): World => {
  const time = createVirtualTime();
  const draws = drawsOf(options.seed);
  const digest = createDigest();
  const longestMs = (options.limits.at(-1)?.seconds ?? 0) * 1000;
  return {
    options,
    time,
    epochMs,
    draws,
    log,
    digest,
    tally: createTally(options.processes),
    store: createStore(time, epochMs, draws.fork('store').between(-0.00005, 0.00005), digest),
    upstream: createUpstream(time, draws.fork('upstream'), digest, { ...options, spreadMs: options.timing.spreadMs }),
    isFounding: true,
    seats: Array<SimulatedProcess | undefined>(options.processes).fill(undefined),
    processes: [],
    warmAtMs: longestMs,
  };
};

/** The first process begins the ledger with its first call; the others find it. */
const found = (world: World): void => {
  const draws = world.draws.fork('start');
  const greet = (process: SimulatedProcess) => keepCallers(world, process);
  fill(world, 0, (process) => {
    if (process.owner === '0.0') void process.pass({ waitMs: 60_000, priority: 'interactive' }, () => {});
    greet(process);
  });
  world.isFounding = false;
  for (let seat = 1; seat < world.options.processes; seat++) {
    world.time.after(draws.between(500, startWithinMs), () => fill(world, seat, greet));
  }
};
