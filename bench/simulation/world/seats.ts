/** Processes come, die and come again. */
import type { Draws } from '../draws.ts';
import { type Crossing, crossings } from './mortal.ts';
import { type SimulatedProcess, startProcess } from './process.ts';
import type { World } from './world.ts';

/** What is to happen where a process next meets the world happens where it is if it does not come there for so long. */
const atLatestMs = 30_000;

/** @param greet sets callers on each process that starts here */
export const fill = (world: World, seat: number, greet: (process: SimulatedProcess) => void, generation = 0): void => {
  const draws = world.draws.fork(`seat ${seat}.${generation}`);
  const onDeath = () => {
    world.digest.add('death', world.time.now);
    world.seats[seat] = undefined;
    world.time.after(draws.between(500, 20_000), () => fill(world, seat, greet, generation + 1));
  };
  const process = startProcess(world, seat, generation, onDeath);
  world.seats[seat] = process;
  world.processes.push(process);
  world.time.after(0, () => greet(process), process.mortal.island);
};

/** Some process that is alive. */
export const anyProcess = ({ seats }: World, draws: Draws): SimulatedProcess | undefined => {
  const alive = seats.filter((process) => process !== undefined);
  return alive[draws.below(alive.length)];
};

/** Runs something on some process that is alive, as its own code. */
export const onSome = (world: World, draws: Draws, run: (process: SimulatedProcess) => Promise<unknown>): void => {
  const process = anyProcess(world, draws);
  if (process) world.time.after(0, () => void run(process), process.mortal.island);
};

/** Kills one: now, or at one of its next steps. */
export const crash = (world: World, draws: Draws): void => {
  const process = anyProcess(world, draws);
  if (!process) return;
  world.tally.crashes += 1;
  const isNow = draws.chance(0.3);
  process.mortal.awaits(draws.pick(crossings), process.mortal.die);
  world.time.after(isNow ? 0 : atLatestMs, process.mortal.die);
};

/** One closes its gate and ends. */
export const leave = (world: World, draws: Draws): void => {
  onSome(world, draws, ({ gate, mortal }) => gate.close().then(mortal.die));
};

/** Not between the look at a slot and its call: no promise could be kept over that. */
const stallings: readonly Crossing[] = crossings.filter((crossing) => crossing !== 'beforeSend');

/** One stands still: now, or at one of its next steps. Its clocks go on, or it is suspended with its machine, and the monotonic one stands. */
export const freeze = (world: World, draws: Draws): void => {
  const process = anyProcess(world, draws);
  if (!process) return;
  const { island, awaits } = process.mortal;
  const forMs = 200 + 9800 * draws.random() ** 3;
  const isSuspended = draws.chance(0.5);
  const happen = () => {
    if (island.stillUntil > world.time.now) return;
    world.tally.freezes += 1;
    island.stillUntil = world.time.now + forMs;
    if (isSuspended) process.clock.suspend(forMs);
  };
  if (draws.chance(0.5)) happen();
  else awaits(draws.pick(stallings), happen);
};
