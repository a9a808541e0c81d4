/** One process of the gateway: the gate that ships, between simulated ports. */
import { createGate, type Gate, type Passage, type Sent, type Wanted } from '../../../src/quota/gate.ts';
import type { Draws } from '../draws.ts';
import { createProcessClock, type ProcessClock } from '../time/processClock.ts';
import type { Island } from '../time/timerHeap.ts';
import { createMortal, type Mortal } from './mortal.ts';
import { farLedger } from './network.ts';
import type { World } from './world.ts';

export interface SimulatedProcess {
  /** Its place: whoever is started anew after a crash has the same. */
  readonly seat: number;
  /** As the ledger names it. */
  readonly owner: string;
  readonly gate: Gate;
  readonly clock: ProcessClock;
  readonly mortal: Mortal;
  /** @param onSend when the call leaves */
  pass(wanted: Wanted, onSend: () => void): Promise<Passage<undefined>>;
  /** Resolves after so long, unless it dies. */
  pause(milliseconds: number): Promise<void>;
}

/** What a gate is made by: the simulation tries itself with worse ones, too. */
export type GateMaker = typeof createGate;

/** @param generation how often the seat was taken before */
export const startProcess = (world: World, seat: number, generation: number, onDeath: () => void): SimulatedProcess => {
  const { time, options, tally } = world;
  const owner = `${seat}.${generation}`;
  const draws = world.draws.fork(`process ${owner}`);
  const mortal = createMortal(onDeath);
  const { island } = mortal;
  const clock = clockOf(world, island, draws.fork('clock'));
  const gate = (options.gate ?? createGate)({
    ledger: farLedger(world.store.ledger, time, draws.fork('network'), mortal, options.network, tally.store),
    clock,
    log: world.log,
    limits: options.limits,
    timing: options.timing,
    ...(options.policy && { policy: options.policy }),
    concurrency: options.concurrency,
    owner,
    random: draws.fork('gate').random,
    newLedger: world.isFounding ? 'unused' : 'unknown',
  });

  return {
    seat,
    owner,
    gate,
    clock,
    mortal,
    pass: (wanted, onSend) => gate.pass(wanted, () => send(world, owner, mortal, onSend)),
    pause: (milliseconds) => new Promise((resolve) => void time.after(milliseconds, resolve, island)),
  };
};

/** Up to an hour off, 100 millionths fast or slow. */
const clockOf = ({ time, epochMs, options }: World, island: Island, draws: Draws): ProcessClock =>
  createProcessClock(time, island, {
    wallMs: epochMs + draws.between(-3_600_000, 3_600_000),
    monotonicMs: draws.between(0, 1_000_000),
    drift: draws.between(-0.0001, 0.0001),
    lateMs: () => draws.random() * (draws.chance(options.chaos.lateShare) ? 2000 : 2),
  });

/** One call. It leaves at once, or its process dies of it. */
const send = ({ tally, store, upstream }: World, owner: string, mortal: Mortal, onSend: () => void) =>
  new Promise<Sent<undefined>>((resolve) => {
    if (mortal.reach('beforeSend')) return;
    tally.sent += 1;
    if (!store.accounts.sent(owner, store.wall())) tally.unslotted += 1;
    onSend();
    upstream.call(mortal.island, (throttled) => resolve({ value: undefined, throttled }));
    mortal.reach('afterSend');
  });
