/** A gateway, seen by who holds its master key: timers of it fired, and what it tells of runs. */
import { askGateway, type GatewayDoor, GatewayFault } from '../gateway/askGateway.ts';
import { type WatchedRun, watchedRun, watchedRuns } from './watchedRun.ts';

/** The one begins a run; the other goes on with one that is under way and has stopped. */
export type SnapshotTimer = 'snapshotSecurityStates' | 'resumeSnapshot';

export interface GatewayClient {
  readonly url: string;
  /** Has a timer come now, whatever its schedule; answers at once. @throws GatewayFault */
  fire(timer: SnapshotTimer): Promise<void>;
  /** The run that began last, finished or not; undefined where there is none yet. @throws GatewayFault */
  newest(): Promise<WatchedRun | undefined>;
  /** @throws GatewayFault */
  run(id: string): Promise<WatchedRun>;
}

/** The key that fires functions. */
export const masterKeyOf = 'the master key';

export const gatewayClient = (door: Omit<GatewayDoor, 'wantedKey'>): GatewayClient => {
  const { url } = door;
  const ask = askGateway({ ...door, wantedKey: masterKeyOf });
  return {
    url,
    async fire(timer) {
      await ask(`/admin/functions/${timer}`, {}).catch((fault: GatewayFault) => {
        if (fault.status !== 404) throw fault;
        throw new GatewayFault(`there is no function ${timer} at ${url}`, { status: 404 });
      });
    },
    newest: async () => watchedRuns.parse(await (await ask('/gateway/snapshots?$top=1')).json()).value[0],
    run: async (id) => watchedRun.parse(await (await ask(`/gateway/snapshots/${id}`)).json()),
  };
};
