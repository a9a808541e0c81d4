import type { Clock } from '../../clock.ts';
import { GatewayFault } from '../gateway/askGateway.ts';
import type { ReplayClient, Replayed } from './replayClient.ts';

export type ReplayEnd = Replayed | { readonly kind: 'fault'; readonly message: string };

export interface Replaying {
  readonly gateway: ReplayClient;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Begins no further one. */
  readonly stopping: AbortSignal;
  readonly alerts: readonly string[];
  /** All that failed as well. */
  readonly failed: boolean;
  /** Told of each. */
  readonly onEnd: (id: string, end: ReplayEnd) => void;
}

/** At once. */
const together = 8;
const mostTries = 4;
/** Milliseconds before the second try; then each time twice as long. */
const firstWaitMs = 1000;

/**
 * Replays alerts, each once. What is listed as failed is looked at again when those before are replayed, until there is none that was not
 * tried: the list has an end, and one that fails again is not replayed for ever.
 *
 * @throws GatewayFault where it can't be told which failed, or the key is refused
 */
export const replayAll = async (replaying: Replaying): Promise<void> => {
  const { gateway, alerts, failed, stopping } = replaying;
  await replayEach(replaying, alerts);
  const tried = new Set(alerts);
  while (failed && !stopping.aborted) {
    const listed = await patiently(replaying, () => gateway.failed());
    const next = listed.filter((id) => !tried.has(id));
    if (next.length === 0) return;
    for (const id of next) tried.add(id);
    await replayEach(replaying, next);
  }
};

const replayEach = async (replaying: Replaying, ids: readonly string[]): Promise<void> => {
  const left = [...ids];
  const work = async () => {
    for (let id = left.shift(); id !== undefined && !replaying.stopping.aborted; id = left.shift()) {
      const end = await replayOne(replaying, id);
      if (!replaying.stopping.aborted) replaying.onEnd(id, end);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
};

const replayOne = async (replaying: Replaying, id: string): Promise<ReplayEnd> => {
  try {
    return await patiently(replaying, () => replaying.gateway.replay(id));
  } catch (fault) {
    if (fault instanceof GatewayFault && fault.mayPass) return { kind: 'fault', message: fault.message };
    throw fault;
  }
};

/** Asks again where the fault may pass. */
const patiently = async <T>({ clock, stopping }: Replaying, ask: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried++) {
    try {
      return await ask();
    } catch (fault) {
      const mayPass = fault instanceof GatewayFault && fault.mayPass && !stopping.aborted;
      if (!mayPass || tried === mostTries) throw fault;
      await clock.sleep(firstWaitMs * 2 ** (tried - 1), stopping);
    }
  }
};
