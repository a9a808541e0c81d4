/** The most memory that one process of the instances had, and all of them together, looked at every other second. */
import type { Clock } from '../../../src/clock.ts';
import { residentOf } from '../../snapshots/measure/memory.ts';
import type { Instances } from '../hosting/instances.ts';

export interface Memory {
  /** Bytes; 0 where the system does not tell. */
  readonly worker: number;
  readonly host: number;
  readonly together: number;
}

const everyMs = 2_000;

/** @returns when it was stopped */
export const watchMemory = async (
  instances: Pick<Instances, 'running'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Memory> => {
  const most = { worker: 0, host: 0, together: 0 };
  while (!signal.aborted) {
    const running = instances.running();
    const [hosts, workers] = await Promise.all([
      weights(running.map(({ pid }) => pid)),
      weights(running.flatMap((instance) => instance.workerPid() ?? [])),
    ]);
    most.host = Math.max(most.host, ...hosts);
    most.worker = Math.max(most.worker, ...workers);
    most.together = Math.max(
      most.together,
      [...hosts, ...workers].reduce((sum, bytes) => sum + bytes, 0),
    );
    await clock.sleep(everyMs, signal);
  }
  return most;
};

const weights = (pids: readonly number[]): Promise<readonly number[]> =>
  Promise.all(pids.map(async (pid) => (await residentOf(pid)) ?? 0));
