/** What is simulated: scenarios with a name, whose figures are told, and one for each seed, which only has to keep the limits. */
import { timingFor } from '../../src/quota/guard.ts';
import { type Limit, parseLimits } from '../../src/quota/limits.ts';
import type { Chaos, Load, SimulationOptions } from './options.ts';
import type { ModelName } from './upstream/countingModel.ts';
import type { NetworkOptions } from './world/network.ts';

export const calm: Chaos = {
  crashEvery: 0,
  leaveEvery: 0,
  freezeEvery: 0,
  setWallEvery: 0,
  lateShare: 0,
  storeSteps: [],
  ledgerLost: [],
  ledgerSetBack: [],
};

export const goodNetwork: NetworkOptions = { lostShare: 0, doubledShare: 0, slowness: 1, outages: [] };

export const noLoad: Load = {
  keeps: { interactive: 0, enrichment: 0, background: 0 },
  wait: { interactive: 110, enrichment: 110, background: 1800 },
  interactivePerHour: 0,
  burstShare: 0.5,
  burstOf: 20,
  enrichmentPerHour: 0,
  foreignPerHour: 0,
  obeying: undefined,
  sequential: undefined,
};

/** Background without end, people in ones and twenties, alerts. */
export const busy: Load = {
  ...noLoad,
  keeps: { ...noLoad.keeps, background: 8 },
  interactivePerHour: 120,
  enrichmentPerHour: 200,
};

export const usualLimits = parseLimits('100/60,1500/3600');

/** What named scenarios may be asked for with. */
export interface Wish {
  readonly seed: number;
  readonly hours?: number | undefined;
  readonly processes?: number | undefined;
  readonly limits?: readonly Limit[] | undefined;
  readonly model?: ModelName | undefined;
}

const base = (wish: Wish, usualHours: number): SimulationOptions => {
  const { seed, hours, processes, limits = usualLimits, model = 'rolling' } = wish;
  return {
    seed,
    seconds: (hours ?? usualHours) * 3600,
    processes: processes ?? 16,
    limits,
    timing: timingFor(limits),
    concurrency: 64,
    model,
    namesLimit: true,
    spreadPower: 6,
    network: goodNetwork,
    chaos: calm,
    load: busy,
  };
};

/** Each with its usual length and number of processes, which can be wished otherwise. */
export const scenarios = {
  /** A day under full load, with a crash every 10 minutes and 1 % of the store's answers lost. */
  day: (wish: Wish) => ({
    ...base(wish, 24),
    network: { ...goodNetwork, lostShare: 0.01 },
    chaos: { ...calm, crashEvery: 600 },
  }),
  /** A day in which everything goes wrong that the gate is to bear. */
  rough: (wish: Wish) => ({
    ...base(wish, 6),
    network: { ...goodNetwork, lostShare: 0.01, doubledShare: 0.01 },
    chaos: { ...calm, crashEvery: 600, leaveEvery: 900, freezeEvery: 60, setWallEvery: 600, lateShare: 0.01 },
  }),
  /** Somebody else makes 200 calls an hour. */
  foreign: (wish: Wish) => ({ ...base(wish, 12), load: { ...busy, foreignPerHour: 200 } }),
  /** The store is gone for a minute, every 20 minutes. */
  outage: (wish: Wish) => ({
    ...base(wish, 2),
    network: {
      ...goodNetwork,
      outages: [1, 2, 3, 4, 5].map((i) => ({ from: i * 1200 + i * 7.3, to: i * 1200 + i * 7.3 + 60 })),
    },
  }),
  /** The ledger is deleted after two hours, under load and with crashes. */
  lost: (wish: Wish) => ({ ...base(wish, 4), chaos: { ...calm, crashEvery: 600, ledgerLost: [7200] } }),
  /** A copy ten minutes old takes the ledger's place. */
  setBack: (wish: Wish) => ({
    ...base(wish, 4),
    chaos: { ...calm, crashEvery: 600, ledgerSetBack: [{ at: 7200, age: 600 }] },
  }),
  /** One process, one caller, 200 calls one after another. */
  alone: (wish: Wish) => ({
    ...base({ ...wish, processes: 1 }, 2),
    load: { ...noLoad, wait: { ...noLoad.wait, interactive: 3600 }, sequential: { calls: 200, pauseMs: 500 } },
  }),
  /** Now and then a call, and nothing else. */
  sparse: (wish: Wish) => ({ ...base(wish, 24), load: { ...noLoad, interactivePerHour: 30, burstShare: 0 } }),
  /** Twelve callers who cannot wait find the minute's quota spent, and come back when they are told. */
  obeying: (wish: Wish) => ({
    ...base(wish, 12),
    load: { ...noLoad, obeying: { callers: 12, every: 300, spend: 100 } },
  }),
  /** The same where the hour is spent, by background that never ends. */
  obeyingFull: (wish: Wish) => ({
    ...base(wish, 12),
    load: { ...busy, interactivePerHour: 0, obeying: { callers: 12, every: 600, spend: 30 } },
  }),
  /** People take all of every minute, until the hour is spent. */
  burst: (wish: Wish) => ({
    ...base(wish, 14 / 60),
    load: { ...noLoad, keeps: { ...noLoad.keeps, interactive: 10 } },
  }),
  /** More interactive calls than the quota has, all day. */
  flood: (wish: Wish) => ({ ...base(wish, 4), load: { ...busy, interactivePerHour: 2000 } }),
} as const satisfies Readonly<Record<string, (wish: Wish) => SimulationOptions>>;

export type ScenarioName = keyof typeof scenarios;
