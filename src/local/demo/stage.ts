import { systemClock } from '../../clock.ts';
import type { Limit } from '../../quota/limits.ts';
import type { HostKeys } from '../host/keys/hostKeys.ts';
import { unsignedToken } from '../identity/unsignedToken.ts';
import type { FleetExamples } from '../stack/fleetExamples.ts';
import type { RunningStack } from '../stack/stack.ts';

/** What scenes play on: a stack, asked as a playbook asks it. */
export interface Stage {
  readonly url: string;
  /** The quota of each call, at the gateway and at Defender. */
  readonly limit: Limit;
  readonly fleet: FleetExamples;
  /** Of functions, and of what Event Grid delivers to. */
  readonly keys: Pick<HostKeys, 'function' | 'eventGrid'>;
  /**
   * A GET, or where there is a body a POST of it as JSON.
   *
   * @param target path and query, encoded
   */
  ask(target: string, headers?: Readonly<Record<string, string>>, body?: unknown): Promise<Answer>;
  /** Any request, with what it brings and no key besides; its answer as it is. */
  send(target: string, request: RequestInit): Promise<Response>;
  /** The same as CSV, as a spreadsheet asks: the lines of the answer. */
  csv(target: string): Promise<readonly string[]>;
  /** Has a timer come now, whatever its schedule. */
  fire(timer: string): Promise<void>;
  /** What waits in a queue, the oldest first, 32 at most; it stays there. */
  messages(queue: string): Promise<readonly unknown[]>;
  /** A message for a queue, as it is. */
  put(queue: string, message: string): Promise<void>;
  /** What Defender itself answers, to another application that may read alerts. */
  defender(target: string): Promise<unknown>;
  /** One of the simulator's own pages, such as `arrivals`. @param sent makes it a POST */
  simulator(page: string, sent?: object): Promise<unknown>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON, read. */
  readonly body: unknown;
  readonly ms: number;
}

/** Milliseconds until a call counts as lost: longer than any caller here is willing to wait. */
const patienceMs = 60_000;

export const stageOn = (stack: RunningStack, limit: Limit, fleet: FleetExamples): Stage => {
  const { keys } = stack.hosts[0];
  const { master, function: key } = keys;
  return {
    url: stack.url,
    limit,
    fleet,
    keys,
    async ask(target, headers = {}, sent) {
      const started = systemClock.monotonic();
      const response = await request(stack.url + target, { 'x-functions-key': key, ...headers }, sent);
      const body: unknown = await response.json();
      const ms = Math.round(systemClock.monotonic() - started);
      return { status: response.status, headers: response.headers, body, ms };
    },
    send: (target, sent) => fetch(stack.url + target, { ...sent, signal: AbortSignal.timeout(patienceMs) }),
    async csv(target) {
      const response = await request(stack.url + target, { 'x-functions-key': key, accept: 'text/csv' });
      return (await response.text()).split('\r\n').filter((line) => line !== '');
    },
    async fire(timer) {
      const { status } = await request(`${stack.url}/admin/functions/${timer}`, { 'x-functions-key': master }, {});
      if (status !== 202) throw new Error(`${timer} was not fired: ${status}`);
    },
    messages: (queue) => messagesIn(stack.azurite.connectionString, queue),
    put: (queue, message) => putMessage(stack.azurite.connectionString, queue, message),
    async defender(target) {
      const response = await request(stack.simulator.url + target, { authorization: `Bearer ${portalToken}` });
      return response.json();
    },
    async simulator(page, sent) {
      const response = await request(`${stack.simulator.url}/_simulator/${page}`, {}, sent);
      return response.json();
    },
  };
};

const request = (url: string, headers: Readonly<Record<string, string>>, sent?: unknown): Promise<Response> =>
  fetch(url, {
    ...(sent !== undefined && { method: 'POST', body: JSON.stringify(sent) }),
    headers: { 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(patienceMs),
  });

const messagesIn = async (connection: string, name: string): Promise<readonly unknown[]> => {
  const { QueueClient } = await import('@azure/storage-queue');
  const queue = new QueueClient(connection, name);
  if (!(await queue.exists())) return [];
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => JSON.parse(Buffer.from(messageText, 'base64').toString()));
};

const putMessage = async (connection: string, name: string, message: string): Promise<void> => {
  const { QueueClient } = await import('@azure/storage-queue');
  const queue = new QueueClient(connection, name);
  await queue.createIfNotExists();
  await queue.sendMessage(message);
};

/** Its calls are of another application, and cost the gateway nothing. */
const portalToken = unsignedToken({
  aud: 'https://api.securitycenter.microsoft.com',
  iss: 'https://sts.windows.net/tenant/',
  iat: 1,
  nbf: 1,
  exp: 4_000_000_000,
  appid: 'portal',
  oid: 'portal',
  roles: ['Alert.Read.All'],
  tid: 'tenant',
  jti: 'portal',
});
