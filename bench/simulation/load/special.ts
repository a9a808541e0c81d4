/** Callers with a purpose: those who obey what they are told, and one who calls alone. */
import type { SimulatedProcess } from '../world/process.ts';
import { onSome } from '../world/seats.ts';
import type { World } from '../world/world.ts';
import { ask } from './asking.ts';

const latestReturnMs = 300;

/** Every so often the quota is spent, and then callers who cannot wait come all at once; refused, each comes back once. */
export const startObeying = (world: World): void => {
  const { obeying } = world.options.load;
  if (!obeying) return;
  const draws = world.draws.fork('obeying');
  const wanted = { waitMs: 0, priority: 'interactive' } as const;
  const comeAndObey = async (process: SimulatedProcess) => {
    const passage = await ask(world, process, wanted);
    if (passage.kind !== 'refused') return;
    await process.pause(passage.retryAfterSeconds * 1000 + draws.between(0, latestReturnMs));
    world.tally.returned += 1;
    const again = await ask(world, process, wanted);
    if (again.kind === 'sent') world.tally.served += 1;
  };
  const spend = (process: SimulatedProcess) => ask(world, process, wanted);
  const happen = () => {
    for (let i = 0; i < obeying.spend; i++) {
      world.time.after(draws.between(0, 5000), () => onSome(world, draws, spend));
    }
    for (let i = 0; i < obeying.callers; i++) world.time.after(6000, () => onSome(world, draws, comeAndObey));
    world.time.after(obeying.every * 1000, happen);
  };
  world.time.after(10_000, happen);
};

/** One caller, one call after another; the run ends with the last. */
export const startSequential = (world: World): void => {
  const { sequential } = world.options.load;
  const [process] = world.seats;
  if (!sequential || !process) return;
  const work = async () => {
    for (let i = 0; i < sequential.calls; i++) {
      await ask(world, process, { waitMs: 3_600_000, priority: 'interactive' });
      await process.pause(sequential.pauseMs);
    }
    world.time.stop();
  };
  world.time.after(0, () => void work(), process.mortal.island);
};
