/** The composition root of the deployed app: settings, adapters, services, and what Azure is told of them. */
import { app } from '@azure/functions';
import { systemClock } from './clock.ts';
import { calls } from './defender/calls.ts';
import { createDefender } from './defender/client.ts';
import { managedIdentity } from './defender/managedIdentity.ts';
import { createToken } from './defender/token.ts';
import { register } from './functions/register.ts';
import { consoleLog } from './log.ts';
import { createFinder } from './machines/findMachines.ts';
import { createLists } from './machines/lists/lists.ts';
import { createMachines } from './machines/machines.ts';
import { tableAnswers } from './machines/tableAnswers.ts';
import { tablePageKey } from './machines/tablePageKey.ts';
import { timingFor } from './quota/guard.ts';
import { createQuotas } from './quota/quotas.ts';
import { tableLedger } from './quota/tableLedger.ts';
import { tableSpend } from './quota/tableSpend.ts';
import { createTraffic } from './quota/traffic.ts';
import { environment, readSettings } from './settings.ts';
import { tableClient } from './tableClient.ts';

const settings = readSettings(environment());
const clock = systemClock;
const log = consoleLog;

const { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: header } = settings;
const tokens = managedIdentity({
  clientId: settings.AZURE_CLIENT_ID,
  endpoint: url !== undefined && header !== undefined ? { url, header } : undefined,
  fetch,
});

const table = tableClient(settings, 'quota');
const partition = `${settings.AZURE_TENANT_ID ?? 'tenant'}|${settings.AZURE_CLIENT_ID ?? 'system'}`;
/** This process, as the store's rows name it. */
const owner = crypto.randomUUID().slice(0, 13);
const quotas = createQuotas({
  scope: settings.QUOTA_SCOPE,
  limits: settings.QUOTA_LIMITS,
  newLedger: settings.QUOTA_NEW_LEDGER,
  timing: (limits) => timingFor(limits, settings.QUOTA_NETWORK_SPREAD_MS),
  ledger: (quota) => tableLedger(table, { partition, quota }),
  concurrency: settings.UPSTREAM_CONCURRENCY,
  owner,
  clock,
  log,
});
// All of them, so that the page shows those that only other processes use.
for (const call of calls) quotas.of(call);
const traffic = createTraffic({ store: tableSpend(table, partition), quotas: quotas.all, owner, clock, log });

const defender = createDefender({
  services: {
    defender: { baseUrl: settings.DEFENDER_BASE_URL, token: createToken(tokens, settings.DEFENDER_SCOPE, clock) },
    securityStates: {
      baseUrl: settings.SECURITY_STATES_BASE_URL,
      token: createToken(tokens, settings.SECURITY_STATES_SCOPE, clock),
    },
  },
  gateOf: (call) => quotas.of(call).gate,
  fetch,
  clock,
  log,
});

const answers = tableClient(settings, 'answers');
const machines = createMachines({
  defender,
  shared: tableAnswers(answers, { partition, owner, clock }),
  lifetimes: settings.CACHE_SECONDS,
  memoryBytes: settings.CACHE_MEMORY_MB * 1024 * 1024,
  clock,
  log,
});

app.setup({ enableHttpStream: false });
app.hook.appTerminate(async () => {
  await Promise.all([...quotas.all().map(({ gate }) => gate.close()), traffic.close()]);
});
register({
  lists: createLists({ ask: machines.ask, pageKey: tablePageKey(answers, partition), clock }),
  finder: createFinder(machines),
  quotas,
  traffic,
  callers: { caps: settings.CALLER_CLASS_CAPS, trustsPrincipal: settings.WEBSITE_AUTH_ENABLED },
  clock,
});
