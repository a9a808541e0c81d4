/** Sets a run going, or finds one that is under way, and follows it to its end. */
import type { Clock } from '../../clock.ts';
import { GatewayFault } from '../gateway/askGateway.ts';
import type { GatewayClient } from './gatewayClient.ts';
import { isOver, type WatchedRun } from './watchedRun.ts';

export interface Following {
  readonly gateway: GatewayClient;
  readonly clock: Clock;
  /** Ends it, without a word. */
  readonly stopping: AbortSignal;
  /** A run is found: a new one, or one that was under way already. */
  readonly onFound: (run: WatchedRun, wasUnderWay: boolean) => void;
  /** How it stands, again and again. */
  readonly onSeen: (run: WatchedRun) => void;
}

const lookEveryMs = 250;
/** A process that has to start first may need some. */
const beginMs = 60_000;
/** Whoever worked on a run that stood still so long may be gone: somebody else is to go on. */
const standstillMs = 60_000;
/** A gateway that starts anew is back before. */
const absenceMs = 60_000;

/**
 * @returns the finished run; undefined where it was stopped
 * @throws GatewayFault when the gateway does not answer, or begins no run
 */
export const followRun = async (following: Following): Promise<WatchedRun | undefined> => {
  const { gateway, stopping, onFound } = following;
  const before = await gateway.newest();
  const wasUnderWay = before !== undefined && !isOver(before);
  await gateway.fire(wasUnderWay ? 'resumeSnapshot' : 'snapshotSecurityStates');
  const run = wasUnderWay ? before : await begun(following, before?.id);
  if (!run || stopping.aborted) return undefined;
  onFound(run, wasUnderWay);
  return followed(following, run);
};

const begun = async (
  { gateway, clock, stopping }: Following,
  before: string | undefined,
): Promise<WatchedRun | undefined> => {
  const end = clock.monotonic() + beginMs;
  while (!stopping.aborted) {
    const newest = await gateway.newest();
    if (newest && newest.id !== before) return newest;
    if (clock.monotonic() > end) throw new GatewayFault(noRun(gateway.url));
    await clock.sleep(lookEveryMs, stopping);
  }
  return undefined;
};

const noRun = (url: string): string => `${url} began no run within ${beginMs / 1000} s; what it logs says why`;

const followed = async (following: Following, found: WatchedRun): Promise<WatchedRun | undefined> => {
  const { gateway, clock, stopping, onSeen } = following;
  const look = patientLook(following, found.id);
  let seen = found;
  let moved = clock.monotonic();
  while (!stopping.aborted) {
    onSeen(seen);
    if (isOver(seen)) return seen;
    await clock.sleep(lookEveryMs, stopping);
    const now = (await look()) ?? seen;
    if (JSON.stringify(now) !== JSON.stringify(seen)) moved = clock.monotonic();
    else if (clock.monotonic() - moved > standstillMs) {
      await gateway.fire('resumeSnapshot');
      moved = clock.monotonic();
    }
    seen = now;
  }
  return undefined;
};

/** Undefined where it did not answer this time. */
const patientLook = ({ gateway, clock, stopping }: Following, id: string) => {
  let answered = clock.monotonic();
  return async (): Promise<WatchedRun | undefined> => {
    try {
      const run = await gateway.run(id);
      answered = clock.monotonic();
      return run;
    } catch (error) {
      if (stopping.aborted) return undefined;
      const isGone = clock.monotonic() - answered > absenceMs;
      if (isGone || !(error instanceof GatewayFault && error.mayPass)) throw error;
      return undefined;
    }
  };
};
