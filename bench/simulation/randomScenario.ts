/** For each seed a world of its own: other limits, another number of processes, other callers, another upstream, other trouble. */
import { timingFor } from '../../src/quota/guard.ts';
import { type Limit, parseLimits } from '../../src/quota/limits.ts';
import { type Draws, drawsOf } from './draws.ts';
import type { Chaos, Load, SimulationOptions } from './options.ts';
import { busy, calm } from './scenarios.ts';
import { modelNames } from './upstream/countingModel.ts';
import type { NetworkOptions } from './world/network.ts';

/** Limits, and for how many seconds they are tried: longer than their longest window where that is cheap. */
const quotas = [
  { text: '20/6', least: 50, most: 100 },
  { text: '60/60', least: 150, most: 300 },
  { text: '30/60,1000/3600', least: 200, most: 600 },
  { text: '100/60,1500/3600', least: 150, most: 350 },
  { text: '10/60,100/3600', least: 4000, most: 6500 },
  { text: '8/10,60/300', least: 500, most: 1000 },
] as const;

export const randomScenario = (seed: number): SimulationOptions => {
  const draws = drawsOf(seed).fork('scenario');
  const { text, least, most } = draws.pick(quotas);
  const limits = parseLimits(text);
  const seconds = Math.round(draws.between(least, most));
  return {
    seed,
    seconds,
    processes: 2 + Math.floor(39 * draws.random() ** 2),
    limits,
    timing: timingFor(limits),
    concurrency: draws.pick([64, 16, 2]),
    model: draws.pick(modelNames),
    namesLimit: draws.chance(0.5),
    spreadPower: draws.pick([6, 6, 1, 0.3]),
    network: networkOf(draws.fork('network'), seconds),
    chaos: chaosOf(draws.fork('chaos'), limits, seconds),
    load: loadOf(draws.fork('load'), limits),
  };
};

const networkOf = (draws: Draws, seconds: number): NetworkOptions => {
  const from = draws.between(0, seconds);
  return {
    lostShare: draws.pick([0, 0.002, 0.01, 0.05, 0.2]),
    doubledShare: draws.pick([0, 0.01, 0.1]),
    slowness: draws.pick([1, 1, 1, 5, 20]),
    outages: draws.chance(0.3) ? [{ from, to: from + draws.between(1, 60) }] : [],
  };
};

const chaosOf = (draws: Draws, limits: readonly Limit[], seconds: number): Chaos => {
  const sometimes = (least: number, most: number) => (draws.chance(0.6) ? draws.between(least, most) : 0);
  const at = draws.between(0, seconds);
  const chaos = {
    ...calm,
    freezeEvery: sometimes(2, 60),
    setWallEvery: sometimes(10, 100),
    lateShare: draws.pick([0, 0.01, 0.1]),
    storeSteps: draws.chance(0.3) ? [{ at: draws.between(0, seconds), byMs: stepMs(draws, limits) }] : [],
  };
  // What nobody alive has seen of a ledger that was set back nobody can know: then all stay alive.
  if (draws.chance(0.1)) return { ...chaos, ledgerSetBack: [{ at, age: draws.between(1, 60) }] };
  return {
    ...chaos,
    crashEvery: sometimes(5, 120),
    leaveEvery: sometimes(10, 200),
    ledgerLost: draws.chance(0.1) ? [at] : [],
  };
};

/** Forward by no more than the guard allows for, or back by up to a twelfth of the shortest window. */
const stepMs = (draws: Draws, limits: readonly Limit[]): number =>
  draws.chance(0.7)
    ? draws.between(0, timingFor(limits).clockStepMs)
    : draws.between(-83, 0) * (limits[0]?.seconds ?? 0);

/** From half of what the limits allow to three times as much, in every mixture of classes. */
const loadOf = (draws: Draws, limits: readonly Limit[]): Load => {
  const perHour = Math.min(...limits.map(({ calls, seconds }) => (calls * 3600) / seconds));
  return {
    ...busy,
    keeps: {
      interactive: draws.pick([0, 0, 0, 2]),
      enrichment: draws.pick([0, 0, 0, 4]),
      background: draws.pick([0, 1, 8]),
    },
    wait: {
      interactive: draws.pick([0, 5, 110]),
      enrichment: draws.pick([5, 110]),
      background: draws.pick([5, 60, 1800]),
    },
    interactivePerHour: perHour * draws.between(0.2, 2),
    burstShare: draws.pick([0, 0.5, 1]),
    burstOf: 1 + Math.floor(draws.between(0, 2) * (limits[0]?.calls ?? 1)),
    enrichmentPerHour: perHour * draws.between(0, 1),
    foreignPerHour: draws.chance(0.3) ? perHour * draws.between(0, 0.3) : 0,
  };
};
