/** What an outage of the store does to calls: how many leave in it, and how soon they go on after it. */
import type { World } from './world.ts';

export const watchOutages = (world: World): void => {
  const { time, tally, options, upstream } = world;
  for (const { from, to } of options.network.outages) {
    let sentBefore = 0;
    let heldBefore = 0;
    time.after(from * 1000, () => {
      sentBefore = tally.sent;
      heldBefore = heldByLiving(world);
    });
    time.after(to * 1000, () => {
      tally.sentBeyondHeld += Math.max(0, tally.sent - sentBefore - heldBefore);
      const { onArrival } = upstream;
      upstream.onArrival = (at) => {
        tally.recoveriesMs.push(at - to * 1000);
        upstream.onArrival = onArrival;
        onArrival(at);
      };
    });
  }
};

const heldByLiving = ({ seats, store }: World): number =>
  seats.reduce((sum, process) => sum + (process ? store.accounts.unsent(process.owner, store.wall()) : 0), 0);
