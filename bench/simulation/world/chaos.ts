/** What goes wrong, and when. */

import { anyProcess, crash, freeze, leave } from './seats.ts';
import type { World } from './world.ts';

export const startChaos = (world: World): void => {
  const { time, store, options } = world;
  const { chaos } = options;
  const repeat = (purpose: string, everySeconds: number, happen: (draws: World['draws']) => void) => {
    if (everySeconds === 0) return;
    const draws = world.draws.fork(purpose);
    const next = () => {
      time.after(everySeconds * 1000, () => {
        happen(draws);
        next();
      });
    };
    next();
  };
  repeat('crash', chaos.crashEvery, (draws) => crash(world, draws));
  repeat('leave', chaos.leaveEvery, (draws) => leave(world, draws));
  repeat('freeze', chaos.freezeEvery, (draws) => freeze(world, draws));
  // A step back as long as a suspension would hide it, and nobody could notice.
  const mostBackMs = chaos.freezeEvery === 0 ? 5000 : 0;
  repeat('wall', chaos.setWallEvery, (draws) =>
    anyProcess(world, draws)?.clock.setWall(draws.between(-mostBackMs, 5000)),
  );
  for (const { at, byMs } of chaos.storeSteps) time.after(at * 1000, () => store.stepClock(byMs));
  for (const at of chaos.ledgerLost) time.after(at * 1000, store.lose);
  for (const { at, age } of chaos.ledgerSetBack) {
    time.after((at - age) * 1000, store.copy);
    time.after(at * 1000, store.restore);
  }
};
