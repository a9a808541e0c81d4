/**
 * Defender's door: takes calls, notes when each came, and refuses what is above the limits, as the simulator does. Its log is what
 * everything is judged by.
 */
import { createServer, type ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { listen } from '../../../src/local/listen.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import { rollingQuota } from '../../../src/local/simulator/quota.ts';
import { tooManyCalls } from '../../../src/local/simulator/tooManyCalls.ts';
import type { Limit } from '../../../src/quota/limits.ts';
import { type Caller, callerOf, warmPath } from './callPath.ts';

export interface Arrival extends Caller {
  /** Milliseconds of the monotonic clock. */
  readonly at: number;
  /** Answered 429. */
  readonly refused: boolean;
}

export interface Upstream extends RunningPart {
  /** In the order in which they came. */
  readonly arrivals: readonly Arrival[];
}

/** A fifth of a second in life. */
const answersAfterMs = 20;
const keepAliveMs = 600_000;

export const startUpstream = async (limits: readonly Limit[], clock: Clock = systemClock): Promise<Upstream> => {
  const arrivals: Arrival[] = [];
  const quota = rollingQuota(false);
  const take = (path: string, response: ServerResponse) => {
    const at = clock.monotonic();
    const refused = quota.take([{ key: 'all', limits }], at);
    arrivals.push({ at, ...callerOf(path), refused: refused !== undefined });
    const { status, headers, body } = refused
      ? tooManyCalls(refused, 'tenant', true)
      : { status: 200, headers: {}, body: '{}' };
    void clock.sleep(answersAfterMs).then(() => response.writeHead(status, headers).end(body));
  };
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    if (request.url === warmPath) response.end();
    else take(request.url ?? '', response);
  });
  return { ...(await listen(server, 0)), arrivals };
};
