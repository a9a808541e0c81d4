/** Callers with a purpose: those who obey what they are told, and one who calls alone. */
import type { SimulatedProcess } from '../world/process.ts';
import { onSome } from '../world/seats.ts';
import type { World } from '../world/world.ts';
import { ask } from './asking.ts';
import { latestReturnMs } from './callers.ts';

const firstAfterMs = 10_000;
const spendWithinMs = 5000;

/** Every so often others spend the quota, and then callers who cannot wait come all at once; refused, each comes back once. */
export const startObeying = (world: World): void => {
  const { obeying } = world.options.load;
  if (!obeying) return;
  const { time, tally } = world;
  const draws = world.draws.fork('obeying');
  const wanted = { waitMs: 0, priority: 'interactive' } as const;
  const obey = async (process: SimulatedProcess) => {
    const passage = await ask(world, process, wanted);
    if (passage.kind !== 'refused') return;
    await process.pause(passage.retryAfterSeconds * 1000 + draws.between(0, latestReturnMs));
    tally.returned += 1;
    const again = await ask(world, process, wanted);
    if (again.kind === 'sent') tally.served += 1;
  };
  const spend = (process: SimulatedProcess) => ask(world, process, { waitMs: 110_000, priority: 'interactive' });
  const happen = () => {
    for (let i = 0; i < obeying.spend; i++)
      time.after(draws.between(0, spendWithinMs), () => onSome(world, draws, spend));
    for (let i = 0; i < obeying.callers; i++) time.after(spendWithinMs, () => onSome(world, draws, obey));
    time.after(obeying.every * 1000, happen);
  };
  time.after(firstAfterMs, happen);
};

/** One caller, one call after another; the run ends with the last. */
export const startSequential = (world: World): void => {
  const { sequential, wait } = world.options.load;
  const [process] = world.seats;
  if (!sequential || !process) return;
  const work = async () => {
    for (let i = 0; i < sequential.calls; i++) {
      await ask(world, process, { waitMs: wait.interactive * 1000, priority: 'interactive' });
      await process.pause(sequential.pauseMs);
    }
    world.time.stop();
  };
  world.time.after(0, () => void work(), process.mortal.island);
};
