/** The composition root: from settings to adapters, services and functions. It is loaded once Azure has been told of the functions. */
import type { HttpHandler, TimerHandler } from '@azure/functions';
import { createAlertServices } from './alertServices.ts';
import { createCallerServices } from './callerServices.ts';
import { systemClock } from './clock.ts';
import { accounted } from './defender/accounted.ts';
import { callNamed, calls } from './defender/calls.ts';
import { createDefenderServices } from './defenderServices.ts';
import { type EventHandler, eventFunctions } from './functions/events/eventFunctions.ts';
import { httpFunctions } from './functions/httpFunctions.ts';
import { identified } from './functions/identified.ts';
import { parkable } from './functions/operations/parkable.ts';
import { timers } from './functions/timers.ts';
import type { EventName, TimerName } from './functions/triggers.ts';
import { consoleLog, sharedLog } from './log.ts';
import { createFinder } from './machines/findMachines.ts';
import { createLists } from './machines/lists/lists.ts';
import { createMachines } from './machines/machines.ts';
import { tableAnswers } from './machines/tableAnswers.ts';
import { tablePageKey } from './machines/tablePageKey.ts';
import { createOperationServices } from './operationServices.ts';
import { createDoctor } from './permissions/doctor.ts';
import { timingFor } from './quota/guard.ts';
import { createQuotas } from './quota/quotas.ts';
import { tableLedger } from './quota/tableLedger.ts';
import { tableSpend } from './quota/tableSpend.ts';
import { createTraffic } from './quota/traffic.ts';
import { appName, gatewayAddress, type Settings } from './settings.ts';
import { createSnapshotServices } from './snapshotServices.ts';
import { tableClient } from './storage/tableClient.ts';
import { tracing } from './tracing.ts';

export interface Gateway {
  handlerOf(name: string): HttpHandler;
  timerOf(name: TimerName): TimerHandler;
  eventHandlerOf(name: EventName): EventHandler;
  /** Gives back what is held, and writes what is not written yet. */
  close(): Promise<void>;
}

export const createGateway = (settings: Settings): Gateway => {
  const clock = systemClock;
  const log = consoleLog;
  const partition = `${settings.AZURE_TENANT_ID ?? 'tenant'}|${settings.AZURE_CLIENT_ID ?? 'system'}`;
  /** This process, as the store's rows name it. */
  const owner = crypto.randomUUID().slice(0, 13);
  const table = tableClient(settings, 'quota');
  const quotas = createQuotas({
    scope: settings.QUOTA_SCOPE,
    limits: settings.QUOTA_LIMITS,
    newLedger: settings.QUOTA_NEW_LEDGER,
    timing: (limits) => timingFor(limits, settings.QUOTA_NETWORK_SPREAD_MS),
    ledger: (quota) => tableLedger(table, { partition, quota }),
    concurrency: settings.UPSTREAM_CONCURRENCY,
    owner,
    clock,
    log: sharedLog,
  });
  // All of them, so that the page shows those that only other processes use.
  for (const call of calls) quotas.of(call);
  quotas.of({ ...callNamed('deviceAntivirus'), limits: settings.QUOTA_LIMITS_DEVICEAVINFO });
  const traffic = createTraffic({
    store: tableSpend(table, partition),
    quotas: quotas.all,
    owner,
    clock,
    log: sharedLog,
  });
  const { defender, services, tokens } = createDefenderServices(settings, quotas);
  const onAccountOf = (caller: string) =>
    accounted(defender, (call, priority) => traffic.sent({ quota: quotas.of(call).name, caller, priority }));
  const snapshots = createSnapshotServices(settings, {
    defender: onAccountOf('snapshots'),
    partition,
    owner,
    clock,
    log,
  });
  const doctor = createDoctor({
    services,
    tokens,
    defender: onAccountOf('permissions'),
    statesSource: settings.SECURITY_STATES_SOURCE,
    app: { name: appName(settings), cloud: settings.DEFENDER_CLOUD },
    clock,
  });
  const answers = tableClient(settings, 'answers');
  const machines = createMachines({
    defender,
    shared: tableAnswers(answers, { partition, owner, clock }),
    lifetimes: settings.CACHE_SECONDS,
    memoryBytes: settings.CACHE_MEMORY_MB * 1024 * 1024,
    clock,
    log,
    trace: tracing.current,
  });
  const finder = createFinder(machines);
  const { alerts, events, sweeping } = createAlertServices(settings, {
    finder,
    onSent: (call) => traffic.sent({ quota: quotas.of(call).name, caller: 'alerts', priority: 'enrichment' }),
    partition,
    clock,
    log,
  });
  const parts = createOperationServices(settings, { partition, clock, log });
  const functions = httpFunctions({
    lists: createLists({ ask: machines.ask, pageKey: tablePageKey(tableClient(settings, 'keys'), partition), clock }),
    finder,
    alerts,
    doctor,
    operations: parts.operations,
    liveStates: snapshots.live,
    snapshots: snapshots.reading,
    quotas,
    traffic,
    connector: {
      url: gatewayAddress(settings),
      callerAuth: settings.CALLER_AUTH,
      audiences: settings.CALLER_AUDIENCES,
      authority: `${settings.ENTRA_AUTHORITY}/${settings.AZURE_TENANT_ID ?? 'organizations'}`,
    },
    callers: { caps: settings.CALLER_CLASS_CAPS },
    clock,
  });
  const identify = createCallerServices(settings, clock);
  const handlers = new Map(
    functions.map((each) => [each.name, identified(parkable(each, { operations: parts.operations, clock }), identify)]),
  );
  const timerHandlers = timers({ ...snapshots, sweeping, operationSweeping: parts.sweeping });
  const eventHandlers = eventFunctions({ ...events, runOperation: parts.runnerOf(functions) });
  return {
    timerOf: (name) => timerHandlers[name],
    eventHandlerOf: (name) => eventHandlers[name],
    handlerOf(name) {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`nothing answers for the function ${name}`);
      return handler;
    },
    async close() {
      snapshots.runs.stop();
      await Promise.all([...quotas.all().map(({ gate }) => gate.close()), traffic.close(), machines.settled()]);
    },
  };
};
