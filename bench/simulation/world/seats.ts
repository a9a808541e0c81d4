/** Processes come, die and come again. */
import type { Draws } from '../draws.ts';
import { crossings } from './mortal.ts';
import { type SimulatedProcess, startProcess } from './process.ts';
import type { World } from './world.ts';

/** Of those who are to die where they next meet the world, whoever does not come there in time dies where it is. */
const doomWithinMs = 30_000;

/** @param greet sets callers on a process that has started */
export const fill = (world: World, seat: number, greet: (process: SimulatedProcess) => void, generation = 0): void => {
  const draws = world.draws.fork(`seat ${seat}.${generation}`);
  const onDeath = () => {
    world.digest.add('death', world.time.now);
    world.seats[seat] = undefined;
    const again = () => fill(world, seat, greet, generation + 1);
    world.time.after(draws.between(500, 20_000), again);
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

/** Kills one at once, or dooms it to die at one of its next steps. */
export const crash = (world: World, draws: Draws): void => {
  const process = anyProcess(world, draws);
  if (!process) return;
  world.tally.crashes += 1;
  const isAtOnce = draws.chance(0.3);
  process.mortal.doom(draws.pick(crossings));
  world.time.after(isAtOnce ? 0 : doomWithinMs, process.mortal.die);
};

/** One closes its gate and ends. */
export const leave = (world: World, draws: Draws): void => {
  onSome(world, draws, ({ gate, mortal }) => gate.close().then(mortal.die));
};

/** One stands still. Either all of its clocks go on, or it is suspended with its machine, and its monotonic clock stands. */
export const freeze = (world: World, draws: Draws): void => {
  const process = anyProcess(world, draws);
  if (!process) return;
  world.tally.freezes += 1;
  const forMs = 200 + 9800 * draws.random() ** 3;
  const { island } = process.mortal;
  if (island.stillUntil > world.time.now) return;
  island.stillUntil = world.time.now + forMs;
  if (draws.chance(0.5)) process.clock.skip(forMs);
};
