/** Defender and Graph as the gateway reaches them; a part of the composition root. */
import { systemClock } from './clock.ts';
import type { Service } from './defender/call.ts';
import { createDefender, type Defender } from './defender/client.ts';
import { managedIdentity } from './defender/managedIdentity.ts';
import { nodeGet } from './defender/nodeGet.ts';
import { createToken, type Token, type TokenSource } from './defender/token.ts';
import { consoleLog } from './log.ts';
import type { Quotas } from './quota/quotas.ts';
import { identityEndpoint, type Settings } from './settings.ts';
import { tracing } from './tracing.ts';

export interface DefenderServices {
  readonly defender: Defender;
  readonly services: Readonly<
    Record<Service, { readonly baseUrl: string; readonly scope: string; readonly token: Token }>
  >;
  readonly tokens: TokenSource;
}

export const createDefenderServices = (settings: Settings, quotas: Quotas): DefenderServices => {
  const tokens = managedIdentity({
    clientId: settings.AZURE_CLIENT_ID,
    endpoint: identityEndpoint(settings),
    fetch,
  });
  const service = (baseUrl: string, scope: string) => ({
    baseUrl,
    scope,
    token: createToken(tokens, scope, systemClock),
  });
  const services = {
    defender: service(settings.DEFENDER_BASE_URL, settings.DEFENDER_SCOPE),
    securityStates: service(settings.SECURITY_STATES_BASE_URL, settings.SECURITY_STATES_SCOPE),
  };
  const defender = createDefender({
    services,
    gateOf: (call) => quotas.of(call).gate,
    get: nodeGet(),
    clock: systemClock,
    log: consoleLog,
    trace: tracing.current,
  });
  return { defender, services, tokens };
};
