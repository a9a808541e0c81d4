/** Who calls: background work without end, people and alerts as they come, and others who know nothing of the gate. */
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import type { SimulatedProcess } from '../world/process.ts';
import { onSome } from '../world/seats.ts';
import type { World } from '../world/world.ts';
import { ask } from './asking.ts';

/** A refused caller comes back when it was told to, or a little later. */
const latestReturnMs = 300;

/** The background callers of a process that has just started. */
export const keepBackground = (world: World, process: SimulatedProcess): void => {
  const { background, backgroundWait } = world.options.load;
  const draws = world.draws.fork(`background ${process.seat} ${world.processes.length}`);
  const wanted = { waitMs: backgroundWait * 1000, priority: 'background' } as const;
  const work = async () => {
    for (;;) {
      const passage = await ask(world, process, wanted);
      if (passage.kind !== 'sent') {
        await process.pause(passage.retryAfterSeconds * 1000 + draws.between(0, latestReturnMs));
      }
    }
  };
  for (let i = 0; i < background; i++) void work();
};

export const startCallers = (world: World): void => {
  const { time, upstream, options } = world;
  const { load } = options;
  const hourMs = 3_600_000;

  const arriving = (purpose: string, perHour: number, come: (draws: World['draws']) => void) => {
    if (perHour === 0) return;
    const draws = world.draws.fork(purpose);
    const next = () =>
      time.after(draws.gap(hourMs / perHour), () => {
        come(draws);
        next();
      });
    next();
  };
  const call = (priority: PriorityClass, waitSeconds: number) => (draws: World['draws']) =>
    onSome(world, draws, (process) => ask(world, process, { waitMs: waitSeconds * 1000, priority }));
  const interactive = call('interactive', load.interactiveWait);

  arriving('interactive', load.interactivePerHour * (1 - load.burstShare), interactive);
  arriving('bursts', (load.interactivePerHour * load.burstShare) / load.burstOf, (draws) => {
    for (let i = 0; i < load.burstOf; i++) interactive(draws);
  });
  arriving('enrichment', load.enrichmentPerHour, call('enrichment', load.enrichmentWait));
  arriving('foreign', load.foreignPerHour, () => upstream.foreignCall());
};
