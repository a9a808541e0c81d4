import type { Passage, Wanted } from '../../../src/quota/gate.ts';
import type { SimulatedProcess } from '../world/process.ts';
import type { World } from '../world/world.ts';

/** Asks for one call, and counts what came of it. */
export const ask = async (world: World, process: SimulatedProcess, wanted: Wanted): Promise<Passage<undefined>> => {
  const { time, tally, warmAtMs, digest } = world;
  const counted = tally.classes[wanted.priority];
  const since = time.now;
  counted.asked += 1;
  const passage = await process.pass(wanted, () => {
    counted.waitsMs.push(time.now - since);
    counted.sentAt.push(time.now);
    if (wanted.priority === 'background' && time.now >= warmAtMs) {
      tally.bySeat[process.seat] = (tally.bySeat[process.seat] ?? 0) + 1;
    }
  });
  if (passage.kind !== 'sent') {
    counted[passage.kind] += 1;
    digest.add(passage.kind, time.now);
  }
  return passage;
};
