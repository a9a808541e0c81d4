/** The part of the composition root that puts together what takes alerts in, brings their machines, and delivers what came of it. */

import { channelsOf } from './alertChannels.ts';
import type { Clock } from './clock.ts';
import type { Call } from './defender/call.ts';
import { createIntake } from './enrichment/accepting/createIntake.ts';
import { createReplay } from './enrichment/createReplay.ts';
import { createEnding } from './enrichment/ending.ts';
import { createEnriching } from './enrichment/enriching/createEnriching.ts';
import { createSpellings } from './enrichment/enriching/spellings.ts';
import { gathered } from './enrichment/gathered.ts';
import { createLooking } from './enrichment/looking/looking.ts';
import { mostInMessage } from './enrichment/messages.ts';
import { createDelivering } from './enrichment/out/delivering.ts';
import { sweepGivenUpMessages } from './enrichment/out/sweepGivenUpMessages.ts';
import { tableAlertStore } from './enrichment/store/tableAlertStore.ts';
import { createSweeping, type Sweeping } from './enrichment/sweeping/createSweeping.ts';
import { sweepOverdue } from './enrichment/sweeping/sweepOverdue.ts';
import { sweepPoison } from './enrichment/sweeping/sweepPoison.ts';
import { sweepRaw } from './enrichment/sweeping/sweepRaw.ts';
import type { AlertServices } from './functions/alerts/alertServices.ts';
import type { AlertEventServices } from './functions/events/eventFunctions.ts';
import { bytesOfMessage } from './functions/events/rawMessage.ts';
import { takeKept } from './functions/events/takeAlerts.ts';
import type { QueueName } from './functions/triggers.ts';
import type { Log } from './log.ts';
import type { Finder } from './machines/finder.ts';
import { machinesOfAlerts } from './machinesOfAlerts.ts';
import { gatewayAddress, type Settings } from './settings.ts';
import { blobBodies } from './storage/blobBodies.ts';
import { patience } from './storage/patience.ts';
import { alertQueueAccount } from './storage/queueAccount.ts';
import { storageQueue } from './storage/storageQueue.ts';
import { storageQueueReader } from './storage/storageQueueReader.ts';
import { tableClient } from './storage/tableClient.ts';
import { toldPoison } from './storage/toldPoison.ts';
import { tracedQueue } from './storage/tracedQueue.ts';
import { tracing } from './tracing.ts';

export interface AlertParts {
  readonly alerts: AlertServices;
  readonly events: AlertEventServices;
  readonly sweeping: Sweeping;
}

export interface AlertContext {
  readonly finder: Finder;
  /** Told of each call that goes to Defender for an alert. */
  readonly onSent: (call: Call) => void;
  /** Tenant and application. */
  readonly partition: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Deliveries that one sweep deals with. */
const mostSwept = 3000;
const dayMs = 24 * 3600 * 1000;

export const createAlertServices = (
  settings: Settings,
  { finder, onSent, partition, clock, log }: AlertContext,
): AlertParts => {
  const account = alertQueueAccount(settings);
  // Queue triggers read plain text (`messageEncoding` in host.json), so that what playbooks write can be either.
  const queueOf = (name: QueueName) => tracedQueue(storageQueue(account, name, { encoding: 'plain' }), tracing.current);
  const poisonOf = (name: QueueName) =>
    toldPoison(`${name}-poison`, storageQueueReader(account, `${name}-poison`), log);
  const bodies = blobBodies(settings, 'alerts');
  const store = tableAlertStore(tableClient(settings, 'alerts'), { partition, bodies, clock });
  const toEnrich = queueOf('alerts-to-enrich');
  const channels = channelsOf(settings, clock);
  const delivering = createDelivering({
    store,
    channels,
    queue: queueOf('results-to-deliver'),
    clock,
    log,
    random: Math.random,
  });
  const end = createEnding({
    store,
    delivering: { sendAll: gathered(clock, mostInMessage, delivering.sendAll) },
    channels: channels.map(({ name }) => name),
    source: '/defender-machine-gateway',
    linkOf: (alertId) => `${gatewayAddress(settings) ?? ''}/gateway/alerts/${encodeURIComponent(alertId)}`,
    clock,
  });
  const rules = { clientStates: settings.GRAPH_CLIENT_STATE };
  const intake = createIntake({ store, queue: toEnrich, clock });
  const keep = async (body: Uint8Array): Promise<string> => {
    const name = `untaken/${new Date(clock.wall()).toISOString()}-${crypto.randomUUID()}`;
    await bodies.put(name, new TextDecoder().decode(body));
    return name;
  };
  const taking = { intake, rules, keep, clock, log };
  const takeRaw = (text: string) => takeKept(bytesOfMessage(text, text), 'alerts-in-poison', taking);
  const sweepAfterMs = settings.ALERT_SWEEP_AFTER_SECONDS * 1000;
  const overdueIn = async (name: QueueName) => patience(sweepAfterMs, await storageQueueReader(account, name).length());
  return {
    alerts: {
      intake,
      looking: createLooking({ store, clock }),
      replay: createReplay({ store, queue: toEnrich, clock }),
      rules,
    },
    events: {
      taking,
      enriching: createEnriching({
        store,
        queue: toEnrich,
        end,
        source: machinesOfAlerts({ finder, onSent, waitMs: settings.ALERT_WAIT_SECONDS * 1000 }),
        spellings: createSpellings(store),
        rules: {
          retryMs: settings.ALERT_RETRY_SECONDS * 1000,
          mostTries: settings.ALERT_MOST_TRIES,
          unknownAfterMs: settings.ALERT_UNKNOWN_MINUTES * 60_000,
        },
        clock,
        log,
        random: Math.random,
      }),
      delivering,
    },
    sweeping: createSweeping({
      store,
      tasks: {
        overdue: async (isOver) => {
          const overdueMs = await overdueIn('alerts-to-enrich');
          return sweepOverdue({ store, queue: toEnrich, overdueMs, clock, isOver });
        },
        deliveriesOverdue: async (isOver) => {
          const overdueMs = await overdueIn('results-to-deliver');
          return delivering.sweep({ overdueMs, top: mostSwept, isOver });
        },
        astray: (isOver) =>
          sweepPoison({ store, queue: toEnrich, poison: poisonOf('alerts-to-enrich'), end, clock, log, isOver }),
        deliveriesAstray: (isOver) =>
          sweepGivenUpMessages({ poison: poisonOf('results-to-deliver'), delivering, log, isOver }),
        rawAstray: (isOver) => sweepRaw({ poison: poisonOf('alerts-in'), take: takeRaw, isOver }),
      },
      retentionMs: settings.ALERT_RETENTION_DAYS * dayMs,
      clock,
      log,
    }),
  };
};
