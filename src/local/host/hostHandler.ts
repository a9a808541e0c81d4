import type { Clock } from '../../clock.ts';
import { adminHandler } from './admin.ts';
import type { Handler } from './http/front.ts';
import { defaultHttpLimitMs, functionHandler } from './http/functionHandler.ts';
import { defaultBodyLimit } from './http/requestBody.ts';
import type { Route } from './http/routes.ts';
import { webhookHandler } from './http/webhookHandler.ts';
import { type HostKeys, hostIdOf } from './keys/hostKeys.ts';
import type { RunningTriggers } from './startTriggers.ts';

export interface HandlerOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly keys: HostKeys;
  readonly routes: readonly Route[];
  readonly triggers: RunningTriggers;
  readonly httpLimitMs: number | undefined;
}

/** Answers every request: under `/admin` and `/runtime/webhooks` the host itself, elsewhere the functions. */
export const hostHandler = (options: HandlerOptions): Handler => {
  const { environment, keys, triggers } = options;
  const bodyLimit = Number(environment.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT ?? defaultBodyLimit);
  const landingPage = environment.AzureWebJobsDisableHomepage?.toLowerCase() !== 'true';
  const httpLimitMs = options.httpLimitMs ?? defaultHttpLimitMs;
  const functions = functionHandler({ ...options, invoker: triggers.invoker, bodyLimit, httpLimitMs, landingPage });
  const admin = adminOf(options);
  const webhook = webhookHandler(triggers.eventGrid, keys, bodyLimit);
  return (request, address) => {
    const path = address.path.toLowerCase().replace(/\/$/, '');
    if (path === '/runtime/webhooks/eventgrid') return webhook(request, address);
    return (/^\/admin(\/|$)/.test(path) ? admin : functions)(request, address);
  };
};

const adminOf = ({ environment, clock, keys, triggers }: HandlerOptions): Handler => {
  const since = clock.monotonic();
  return adminHandler({
    hostId: hostIdOf(environment),
    keys,
    uptime: () => Math.round(clock.monotonic() - since),
    functionNames: triggers.invoker.functions.map(({ name }) => name),
    fire: triggers.fire,
  });
};
