import type { Clock } from '../../clock.ts';
import { GatewayFault } from '../gateway/askGateway.ts';
import { isUntaken } from './isUntaken.ts';
import type { ReplayClient, Replayed } from './replayClient.ts';

/** `untaken`: it was not replayed. `unknown`: whether it was replayed, nobody can tell. */
export type ReplayEnd = Replayed | { readonly kind: 'untaken' | 'unknown'; readonly message: string };

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
 * Replays alerts, each once. What is listed as failed is read page by page: one that fails again comes again at the end of the list, and is not
 * replayed a second time, so that the list has an end.
 *
 * @throws GatewayFault where it can't be told which failed, or the key is refused
 */
export const replayAll = async (replaying: Replaying): Promise<void> => {
  const { gateway, alerts, failed, stopping } = replaying;
  await replayEach(replaying, alerts);
  if (!failed) return;
  const tried = new Set(alerts);
  for (let next: string | undefined, isLast = false; !isLast && !stopping.aborted; isLast = next === undefined) {
    const page = await patiently(replaying, mayPass, () => gateway.failed(next));
    const untried = page.alerts.filter((id) => !tried.has(id));
    for (const id of untried) tried.add(id);
    await replayEach(replaying, untried);
    next = page.next;
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

/** Sent a second time only where the first came to nothing: had the alert ended in between, it would begin anew once more. */
const replayOne = async (replaying: Replaying, id: string): Promise<ReplayEnd> => {
  try {
    return await patiently(replaying, isUntaken, () => replaying.gateway.replay(id));
  } catch (fault) {
    if (!(fault instanceof GatewayFault && fault.mayPass)) throw fault;
    return { kind: isUntaken(fault) ? 'untaken' : 'unknown', message: fault.message };
  }
};

const mayPass = (fault: GatewayFault): boolean => fault.mayPass;

/** Asks again after some faults. */
const patiently = async <T>(
  { clock, stopping }: Replaying,
  isTriedAgain: (fault: GatewayFault) => boolean,
  ask: () => Promise<T>,
): Promise<T> => {
  for (let tried = 1; ; tried++) {
    try {
      return await ask();
    } catch (fault) {
      const again = fault instanceof GatewayFault && isTriedAgain(fault) && !stopping.aborted;
      if (!again || tried === mostTries) throw fault;
      await clock.sleep(firstWaitMs * 2 ** (tried - 1), stopping);
    }
  }
};
