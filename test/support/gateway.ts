import { resolve } from 'node:path';
import { unsignedToken } from '../../src/local/identity/unsignedToken.ts';
import type { FaultRule } from '../../src/local/simulator/faults/faultRules.ts';
import type { SimulatorOptions } from '../../src/local/simulator/options.ts';
import { startStack } from '../../src/local/stack/stack.ts';
import { parseLimits } from '../../src/quota/limits.ts';

/** The whole gateway on this machine: real bundle, real HTTP, real processes; storage in memory. */
export interface Gateway {
  /** One for each host. */
  readonly urls: readonly string[];
  /** Asks a host with the function key. `path` holds the query. */
  get(path: string, headers?: Record<string, string>, host?: number): Promise<Response>;
  /** Sends JSON to a host with the function key. */
  post(path: string, body: unknown, headers?: Record<string, string>, host?: number): Promise<Response>;
  /** The function key, for who speaks to a host otherwise. */
  readonly key: string;
  /** Another key, which all functions take too. */
  readonly masterKey: string;
  /** What Defender itself says, asked by another application: with a quota of its own, and not among the arrivals. */
  direct(path: string): Promise<Response>;
  /** What of the gateway arrived at Defender's side, in order. */
  arrivals(): Promise<readonly Arrival[]>;
  forgetArrivals(): Promise<void>;
  /** Arrivals in the fullest rolling window of this many seconds. */
  fullestWindow(seconds: number): Promise<number>;
  /** What Defender does wrong from now on. */
  faults(rules: readonly FaultRule[]): Promise<void>;
  /** Asks one of the simulator's own pages, such as `POST machines?at=0`. */
  control(method: string, page: string, body?: object): Promise<unknown>;
  /** Changes what tokens the identity gives from now on, as `PUT /_identity` takes it. */
  changeIdentity(change: object): Promise<void>;
  /** How often the identity was asked for a token. */
  tokenRequests(): Promise<number>;
  /** Has a timer of a host come now. */
  fire(timer: string, host?: number): Promise<void>;
  readonly storage: { readonly connectionString: string; stop(): Promise<void> };
  /** Stops one host, as Azure does when it needs fewer. */
  stopHost(host: number): Promise<void>;
  stop(): Promise<void>;
}

export interface Arrival {
  readonly at: number;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface GatewayOptions {
  readonly hosts?: number;
  /** Of the gateway, and of Defender. */
  readonly limits?: string;
  readonly simulator?: Omit<SimulatorOptions, 'port' | 'limits'>;
  readonly environment?: Readonly<Record<string, string>>;
}

export const startGateway = async (options: GatewayOptions = {}): Promise<Gateway> => {
  const { hosts = 1, limits = '100/60,1500/3600', simulator = {}, environment = {} } = options;
  const stack = await startStack({
    appRoot: resolve('.'),
    workerPath: resolve('.build/worker.mjs'),
    data: { kind: 'memory' },
    hosts,
    simulator: { ...simulator, limits: parseLimits(limits) },
    environment: { QUOTA_LIMITS: limits, ...environment },
  });
  const urls = stack.hosts.map(({ url }) => url);
  const key = stack.hosts[0].keys.function;
  const control = async (method: string, page: string, body?: object) => {
    const sent = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${stack.simulator.url}/_simulator/${page}`, sent);
    if (!response.ok) throw new Error(`${page}: ${response.status} ${await response.text()}`);
    return JSON.parse((await response.text()) || '{}');
  };
  return {
    urls,
    key,
    masterKey: stack.hosts[0].keys.master,
    get: (path, headers = {}, host = 0) =>
      fetch(`${urls[host]}${path}`, { headers: { 'x-functions-key': key, ...headers } }),
    post: (path, body, headers = {}, host = 0) =>
      fetch(`${urls[host]}${path}`, {
        method: 'POST',
        headers: { 'x-functions-key': key, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    direct: (path) => fetch(`${stack.simulator.url}${path}`, { headers: { authorization: `Bearer ${anotherToken}` } }),
    arrivals: async () => (await control('GET', 'arrivals')).arrivals.filter(isOurs),
    async forgetArrivals() {
      await control('DELETE', 'arrivals');
    },
    fullestWindow: async (seconds) => (await control('GET', `windows?seconds=${seconds}&calls=1`)).all.calls,
    async faults(rules) {
      await control('PUT', 'faults', rules);
    },
    control,
    async fire(timer, host = 0) {
      const headers = { 'x-functions-key': stack.hosts[0].keys.master, 'content-type': 'application/json' };
      const response = await fetch(`${urls[host]}/admin/functions/${timer}`, { method: 'POST', headers, body: '{}' });
      if (response.status !== 202) throw new Error(`${timer} was not fired: ${response.status}`);
    },
    async changeIdentity(change) {
      const sent = { method: 'PUT', body: JSON.stringify(change) };
      const response = await fetch(`${stack.identity.url}/_identity`, sent);
      if (!response.ok) throw new Error(`the identity: ${response.status} ${await response.text()}`);
    },
    tokenRequests: async () => JSON.parse(await (await fetch(`${stack.identity.url}/_identity/requests`)).text()).count,
    storage: stack.azurite,
    stopHost: async (host) => stack.hosts[host]?.stop(),
    stop: stack.stop,
  };
};

const isOurs = ({ headers }: Arrival) => headers['user-agent'] === 'defender-machine-gateway';

const anotherToken = unsignedToken({
  aud: 'https://api.securitycenter.microsoft.com',
  iss: 'https://sts.windows.net/tenant/',
  iat: 1,
  nbf: 1,
  exp: 4_000_000_000,
  appid: 'another application',
  oid: 'another application',
  roles: ['Machine.Read.All'],
  tid: 'tenant',
  jti: 'one',
});

/** An answer's body, with what the tests read of it. */
export const bodyOf = async (response: Response): Promise<Body> => JSON.parse(await response.text());

export interface Body {
  readonly '@odata.context': string;
  readonly '@odata.count': number;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly Readonly<Record<string, unknown>>[];
  readonly error: { readonly code: string; readonly message: string; readonly target: string };
}

/** The error of an answer in Defender's envelope. */
export const errorOf = async (response: Response): Promise<Body['error']> => {
  expect(response.headers.get('content-type')).toContain('json');
  return (await bodyOf(response)).error;
};
