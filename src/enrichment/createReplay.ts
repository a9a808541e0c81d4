import type { Clock } from '../clock.ts';
import type { Queue } from '../storage/queue.ts';
import type { AlertStore } from './alertStore.ts';
import { isFinal } from './record.ts';
import type { Replay } from './replay.ts';
import { restarted } from './restart.ts';
import { rewritten } from './rewritten.ts';
import { sendAlerts } from './sendAlerts.ts';

export interface ReplayOptions {
  readonly store: AlertStore;
  /** `alerts-to-enrich`. */
  readonly queue: Queue;
  readonly clock: Pick<Clock, 'wall'>;
}

/** @throws where storage does not take it */
export const createReplay = ({ store, queue, clock }: ReplayOptions): Replay => ({
  async replay(key) {
    let outcome: 'replayed' | 'hurried' = 'hurried';
    const found = await rewritten(store, key, (record) => {
      outcome = isFinal(record) ? 'replayed' : 'hurried';
      return isFinal(record) ? restarted(record, clock.wall()) : { ...record, due: clock.wall() };
    });
    if (!found) return undefined;
    await sendAlerts(queue, [{ key, ticket: found.value.ticket }]);
    return outcome;
  },
});
