/** One request: written down as it arrives, answered, spoilt where a fault says so. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerCall, routeOf } from './answerCall.ts';
import { seenHeaders } from './arrivals/arrivals.ts';
import { deliver } from './deliver.ts';
import { faultyAnswer } from './faults/faultyAnswer.ts';
import type { Simulation } from './simulation.ts';

/** @param stopped aborts what waits: slow and hanging answers */
export const serve = async (
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  stopped: AbortSignal,
): Promise<void> => {
  const { clock, arrivals, faults, bodies, latencyMs, log } = simulation;
  const arrived = clock.monotonic();
  const { url: target = '/', method = 'GET', headers } = request;
  const [path = '', query = ''] = splitTarget(target);
  const route = routeOf(path)?.name ?? 'unknown';
  const at = Math.round((arrived - simulation.started) * 1000) / 1000;
  const seen = { at, wall: clock.wall(), route, method, path, query, headers: seenHeaders(headers) };
  const number = arrivals.add(seen);
  const fault = faults.of({ route, method, target });
  const real = answerCall(simulation, { method, path, query, authorization: headers.authorization, arrived });
  if (fault?.hang) return;
  const wait = latencyMs + (fault?.latencyMs ?? 0);
  if (wait > 0) await clock.sleep(wait, stopped);
  const answer = fault ? faultyAnswer(real, fault) : real;
  if (!fault?.reset) arrivals.answered(number, answer.status);
  await deliver(response, answer, bodies, String(headers['accept-encoding'] ?? ''), fault);
  log(`${method} ${target} ${fault?.reset ? 'reset' : answer.status}`);
};

/** Path and query as sent: no normalising, no decoding. */
const splitTarget = (target: string): readonly [path: string, query: string] => {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
};
