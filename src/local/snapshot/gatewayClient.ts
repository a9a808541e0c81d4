/** A gateway, seen by who holds its master key: timers of it fired, and what it tells of runs. */
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

/** The gateway does not answer, or not with what was asked for; the message says what to do. */
export class GatewayFault extends Error {
  override readonly name = 'GatewayFault';
  /** Whether it can be otherwise in a moment. */
  readonly mayPass: boolean;

  constructor(message: string, { mayPass = false, cause }: { readonly mayPass?: boolean; readonly cause?: unknown }) {
    super(message, { cause });
    this.mayPass = mayPass;
  }
}

/** Milliseconds for one answer. */
const patienceMs = 30_000;

export const gatewayClient = (url: string, masterKey: string, stopping: AbortSignal): GatewayClient => {
  const ask = async (path: string, body?: object): Promise<Response> => {
    try {
      const response = await fetch(url + path, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'x-functions-key': masterKey, 'content-type': 'application/json' },
        signal: AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)]),
      });
      return response.ok ? response : await Promise.reject(await refused(response, url, path));
    } catch (error) {
      if (error instanceof GatewayFault) throw error;
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new GatewayFault(`${url} does not answer: ${why}`, { mayPass: true, cause: error });
    }
  };
  return {
    url,
    async fire(timer) {
      await ask(`/admin/functions/${timer}`, {});
    },
    newest: async () => watchedRuns.parse(await (await ask('/gateway/snapshots?$top=1')).json()).value[0],
    run: async (id) => watchedRun.parse(await (await ask(`/gateway/snapshots/${id}`)).json()),
  };
};

const refused = async (response: Response, url: string, path: string): Promise<GatewayFault> => {
  const { status } = response;
  const text = (await response.text()).slice(0, 300);
  if (status === 401 || status === 403) {
    return new GatewayFault(`${url} refuses the key; --key takes the master key of the functions app`, {});
  }
  if (status === 404 && path.startsWith('/admin/')) {
    return new GatewayFault(`there is no function ${path.split('/').at(-1)} at ${url}`, {});
  }
  return new GatewayFault(`${url}${path} answered ${status}: ${text}`, { mayPass: status >= 500 || status === 429 });
};
