/** What stands around the gateway: storage, by way of a proxy where it is to fail, and Defender with the identity in a process of its own. */
import { join } from 'node:path';
import { QueueClient } from '@azure/storage-queue';
import { systemClock } from '../../src/clock.ts';
import { type Fleet, fleetOf } from '../../src/local/simulator/fleet/fleet.ts';
import type { SimulatorOptions } from '../../src/local/simulator/options.ts';
import type { Endings } from '../../src/local/stack/endings.ts';
import { untilAnswers } from '../../src/local/stack/untilAnswers.ts';
import { wiring } from '../../src/local/stack/wiring.ts';
import { printLimits } from '../../src/quota/limits.ts';
import { environment } from '../../src/settings.ts';
import { defenderToken } from '../economy/stage/defenderToken.ts';
import { startChild } from '../snapshots/process/child.ts';
import type { FromDefender, ToDefender } from '../snapshots/process/messages.ts';
import type { BenchArguments } from './arguments.ts';
import { type Arrived, readArrivals } from './judging/arrivals.ts';
import { asOfAt } from './making/asOf.ts';
import { alertsInFleet } from './making/plannedAlert.ts';
import { startStorage } from './storage.ts';
import type { Spoil } from './trouble/spoiling.ts';
import { type StorageProxy, startStorageProxy } from './trouble/storageProxy.ts';

/** Where the bench runs. */
export interface Place {
  /** The folder of the package.json and host.json. */
  readonly appRoot: string;
  /** The folder of the built bench and host. */
  readonly built: string;
}

export interface Stage {
  /** As Defender has it. */
  readonly fleet: Fleet;
  /** For the instances. */
  readonly settings: Readonly<Record<string, string>>;
  /** What is spoilt of storage; undefined where nothing is. */
  readonly proxy: StorageProxy | undefined;
  /** A queue, past what is spoilt. */
  queue(name: string): QueueClient;
  /** Sets what Defender does wrong. */
  trouble(rules: readonly object[]): Promise<void>;
  arrivals(): Promise<readonly Arrived[]>;
  /** Another Defender, with a fleet and a quota that are the same, and a token for it. */
  openTwin(): Promise<{ readonly url: string; readonly token: string }>;
}

/** What callers of the identity must send. */
const secret = 'bench';
/** Of the simulated Defender; the gateway does not look at it. */
const tenantId = 'c2d1a6f4-53b7-4f2e-8a90-1f5d6e7b8c90';

/**
 * @param spoil what goes wrong with each request to storage; undefined: storage is as it is
 * @param endings of all that it starts
 */
export const openStage = async (
  { appRoot, built }: Place,
  { machines, alerts: asked, seed, limits }: BenchArguments,
  spoil: (() => Spoil) | undefined,
  { keep }: Endings,
): Promise<Stage> => {
  const asOf = asOfAt(systemClock.wall());
  const alerts = alertsInFleet(asked);
  const options: SimulatorOptions = { port: 0, machines, alerts, seed, asOf: new Date(asOf).toISOString(), limits };
  const startDefender = async () => {
    const child = startChild<ToDefender, FromDefender>(join(built, 'snapshotsDefender.mjs'), environment());
    await keep(Promise.resolve(child));
    return child.ask({ kind: 'start', options: { ...options, tenantId }, secret }, 'started');
  };
  const [azurite, { defender, identity }] = await Promise.all([keep(startStorage(appRoot)), startDefender()]);
  await untilAnswers('storage', azurite.tables);
  const proxy = spoil && (await keep(startStorageProxy({ azurite, spoil, clock: systemClock })));
  const part = (url: string) => ({ url, stop: async () => undefined });
  const storage = proxy?.connectionString ?? azurite.connectionString;
  const wired = wiring({ azurite, simulator: part(defender), identity: part(identity) }, secret);
  return {
    fleet: fleetOf({ machines, alerts, seed, asOf, tenantId }),
    settings: {
      ...wired,
      AzureWebJobsStorage: storage,
      ...(wired.AlertQueues !== undefined && { AlertQueues: storage }),
      QUOTA_LIMITS: printLimits(limits),
      QUOTA_NEW_LEDGER: 'unused',
    },
    proxy,
    queue: (name) => new QueueClient(azurite.connectionString, name),
    async trouble(rules) {
      await fetch(`${defender}/_simulator/faults`, { method: 'PUT', body: JSON.stringify(rules) });
    },
    arrivals: () => readArrivals(defender),
    async openTwin() {
      const twin = await startDefender();
      const token = await defenderToken(`${twin.identity}/msi/token`, { IDENTITY_HEADER: secret });
      return { url: twin.defender, token };
    },
  };
};
