/** A gateway of two processes, one of whose keys is bound to device groups while the other sees the whole fleet. */
import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import { type RunningHost, startHost } from '../../../src/local/host/host.ts';
import { startIdentity } from '../../../src/local/identity/identity.ts';
import type { FleetSummary } from '../../../src/local/simulator/fleetSummary.ts';
import { startSimulator } from '../../../src/local/simulator/simulator.ts';
import { startAzurite } from '../../../src/local/stack/azurite.ts';
import { wiring } from '../../../src/local/stack/wiring.ts';
import { parseLimits } from '../../../src/quota/limits.ts';

export type Who = 'bound' | 'unbound';
export type Machine = Readonly<Record<string, unknown>> & { readonly id: string };

export interface BoundGateway {
  readonly fleet: FleetSummary;
  get(who: Who, path: string, headers?: Record<string, string>, host?: number): Promise<Response>;
  /** All machines of a list, page by page; each page is asked of the other process. */
  walk(who: Who, path: string): Promise<readonly Machine[]>;
  post(who: Who, path: string, body: unknown): Promise<Response>;
  /** Of the first process, for who sends the key in another way. */
  readonly url: string;
  keyOf(who: Who): string;
  stop(): Promise<void>;
}

const limits = '10000/60';

export const startBoundGateway = async (groups: readonly number[]): Promise<BoundGateway> => {
  const [azurite, simulator, identity] = await Promise.all([
    startAzurite({ appRoot: resolve('.') }),
    startSimulator({ port: 0, limits: parseLimits(limits), machines: 600, pageSize: 100 }),
    startIdentity({ port: 0, header: 'secret' }),
  ]);
  const start = (environment: Readonly<Record<string, string>>): Promise<RunningHost> =>
    startHost({
      port: 0,
      appRoot: resolve('.'),
      workerPath: resolve('.build/worker.mjs'),
      environment: {
        ...wiring({ azurite, simulator, identity }, 'secret'),
        QUOTA_NEW_LEDGER: 'unused',
        QUOTA_LIMITS: limits,
        ...environment,
      },
      log: () => {},
    });
  // The keys are in the storage, and made by whoever comes first.
  const first = await start({});
  const key = `key-${hash('sha256', first.keys.function, 'hex').slice(0, 12)}`;
  await first.stop();
  const bound = { CALLER_DEVICE_GROUPS: `${key}=${groups.join('|')}` };
  const hosts = await Promise.all([start(bound), start(bound)]);
  const keys = { bound: first.keys.function, unbound: first.keys.master };
  const get: BoundGateway['get'] = (who, path, headers = {}, host = 0) =>
    fetch(`${hosts[host]?.url}${path}`, { headers: { 'x-functions-key': keys[who], ...headers } });
  const walk: BoundGateway['walk'] = async (who, path) => {
    const machines: Machine[] = [];
    for (let [next, page] = [path, 0]; next !== ''; page++) {
      const response = await get(who, next, {}, page % hosts.length);
      const { value, '@odata.nextLink': link = '' } = JSON.parse(await response.text());
      if (response.status !== 200 || page > 50) throw new Error(`${next}: ${response.status}, page ${page}`);
      machines.push(...value);
      next = link.replace(/^https?:\/\/[^/]+/, '');
    }
    return machines;
  };
  return {
    fleet: JSON.parse(await (await fetch(`${simulator.url}/_simulator/fleet`)).text()),
    get,
    walk,
    url: hosts[0].url,
    keyOf: (who) => keys[who],
    post: (who, path, body) =>
      fetch(`${hosts[0].url}${path}`, {
        method: 'POST',
        headers: { 'x-functions-key': keys[who], 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async stop() {
      for (const part of [...hosts, simulator, identity]) await part.stop();
      await azurite.stop();
    },
  };
};
