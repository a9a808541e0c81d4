import type { Clock } from '../../../clock.ts';
import type { Invocation, Invoker } from '../invoker.ts';
import { keyLevel, refusal } from '../keys/access.ts';
import type { HostKeys } from '../keys/hostKeys.ts';
import { within } from '../within.ts';
import { type Answer, bare, textAnswer } from './answer.ts';
import type { Handler } from './front.ts';
import { functionAnswer } from './functionAnswer.ts';
import { httpInvocation } from './httpInvocation.ts';
import { readBody } from './requestBody.ts';
import { findRoute, type Route } from './routes.ts';

export interface FunctionHandlerOptions {
  readonly invoker: Pick<Invoker, 'invoke'>;
  readonly routes: readonly Route[];
  readonly keys: HostKeys;
  readonly clock: Clock;
  /** Bytes of a request's body. */
  readonly bodyLimit: number;
  /** Milliseconds until an answer is given up; the function itself goes on. */
  readonly httpLimitMs: number;
  /** Whether `/` shows that the host is up. */
  readonly landingPage: boolean;
}

/** Azure's front door gives an HTTP answer this long, whatever `functionTimeout` says (Learn, "Function app timeout"). */
export const defaultHttpLimitMs = 230_000;

/** Answers with the function whose route fits, once the key allows it and the body is not too large. */
export const functionHandler = (options: FunctionHandlerOptions): Handler => {
  const { routes, keys, bodyLimit, landingPage } = options;
  return async (request, address) => {
    const match = findRoute(routes, request.method ?? 'GET', address.path);
    if (!match) return { answer: address.path === '/' ? landing(landingPage) : bare(404) };
    const { functionName, authLevel } = match.route;
    const refused = refusal(keyLevel(keys, request, address.query), authLevel);
    if (refused) return { functionName, answer: bare(refused) };
    const body = await readBody(request, bodyLimit);
    if (body.kind !== 'read') return { functionName, answer: bare(body.kind === 'tooLarge' ? 413 : 400) };
    return { functionName, answer: await run(options, httpInvocation(request, address, match, body.bytes)) };
  };
};

const run = async (
  { invoker, clock, httpLimitMs }: FunctionHandlerOptions,
  invocation: Invocation,
): Promise<Answer> => {
  const result = await within(clock, httpLimitMs, invoker.invoke(invocation));
  return result.kind === 'inTime' ? functionAnswer(result.value) : bare(504);
};

const landing = (shown: boolean): Answer =>
  shown
    ? textAnswer(200, 'text/html', '<!DOCTYPE html><title>Up</title>The functions host is up and running.')
    : bare(204);
