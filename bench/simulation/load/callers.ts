/** Who calls: those who always wait, people and alerts as they come, and others who know nothing of the gate. */
import { type PriorityClass, priorityClasses } from '../../../src/quota/priorityClass.ts';
import type { Draws } from '../draws.ts';
import type { SimulatedProcess } from '../world/process.ts';
import { onSome } from '../world/seats.ts';
import type { World } from '../world/world.ts';
import { ask } from './asking.ts';

/** A refused caller comes back when it was told to, or a little later. */
export const latestReturnMs = 300;

/** The callers that a process which has just started keeps waiting. */
export const keepCallers = (world: World, process: SimulatedProcess): void => {
  const { keeps, wait } = world.options.load;
  const draws = world.draws.fork(`callers ${process.owner}`);
  const work = async (priority: PriorityClass) => {
    for (;;) {
      const passage = await ask(world, process, { waitMs: wait[priority] * 1000, priority });
      if (passage.kind === 'sent') continue;
      await process.pause(passage.retryAfterSeconds * 1000 + draws.between(0, latestReturnMs));
    }
  };
  for (const priority of priorityClasses) {
    for (let i = 0; i < keeps[priority]; i++) void work(priority);
  }
};

/** Those who come independently of one another. */
export const startCallers = (world: World): void => {
  const { load } = world.options;
  const call = (priority: PriorityClass) => (draws: Draws) =>
    onSome(world, draws, (process) => ask(world, process, { waitMs: load.wait[priority] * 1000, priority }));
  const interactive = call('interactive');
  const burst = (draws: Draws) => {
    for (let i = 0; i < load.burstOf; i++) interactive(draws);
  };
  arriving(world, 'interactive', load.interactivePerHour * (1 - load.burstShare), interactive);
  arriving(world, 'bursts', (load.interactivePerHour * load.burstShare) / load.burstOf, burst);
  arriving(world, 'enrichment', load.enrichmentPerHour, call('enrichment'));
  arriving(world, 'foreign', load.foreignPerHour, () => world.upstream.foreignCall());
};

const arriving = ({ time, draws }: World, purpose: string, perHour: number, come: (draws: Draws) => void): void => {
  if (perHour === 0) return;
  const own = draws.fork(purpose);
  const next = (): void => {
    time.after(own.gap(3_600_000 / perHour), () => {
      come(own);
      next();
    });
  };
  next();
};
