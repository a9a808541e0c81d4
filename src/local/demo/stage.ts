import { systemClock } from '../../clock.ts';
import type { Limit } from '../../quota/limits.ts';
import type { FleetExamples } from '../stack/fleetExamples.ts';
import type { RunningStack } from '../stack/stack.ts';

/** What scenes play on: a stack, asked as a playbook asks it. */
export interface Stage {
  readonly url: string;
  /** The quota of each call, at the gateway and at Defender. */
  readonly limit: Limit;
  readonly fleet: FleetExamples;
  /**
   * A GET, or where there is a body a POST of it as JSON.
   *
   * @param target path and query, encoded
   */
  ask(target: string, headers?: Readonly<Record<string, string>>, body?: unknown): Promise<Answer>;
  /** One of the simulator's own pages, such as `arrivals`. */
  simulator(page: string): Promise<unknown>;
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

export const stageOn = (stack: RunningStack, limit: Limit, fleet: FleetExamples): Stage => ({
  url: stack.url,
  limit,
  fleet,
  async ask(target, headers = {}, sent) {
    const started = systemClock.monotonic();
    const response = await fetch(stack.url + target, {
      ...(sent !== undefined && { method: 'POST', body: JSON.stringify(sent) }),
      headers: { 'x-functions-key': stack.hosts[0].keys.function, 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(patienceMs),
    });
    const body: unknown = await response.json();
    return {
      status: response.status,
      headers: response.headers,
      body,
      ms: Math.round(systemClock.monotonic() - started),
    };
  },
  async simulator(page) {
    const response = await fetch(`${stack.simulator.url}/_simulator/${page}`);
    return response.json();
  },
});
