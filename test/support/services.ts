import type { Defender } from '../../src/defender/client.ts';
import { createToken, type TokenSource } from '../../src/defender/token.ts';
import { createIntake } from '../../src/enrichment/accepting/createIntake.ts';
import { createReplay } from '../../src/enrichment/createReplay.ts';
import { createLooking } from '../../src/enrichment/looking/looking.ts';
import { memoryAlertStore } from '../../src/enrichment/store/memoryAlertStore.ts';
import type { OperationServices } from '../../src/functions/operations/operationServices.ts';
import type { CallerRules, Services } from '../../src/functions/services.ts';
import type { Log } from '../../src/log.ts';
import { createFinder } from '../../src/machines/findMachines.ts';
import { usualLifetimes } from '../../src/machines/lifetimes.ts';
import { createLists } from '../../src/machines/lists/lists.ts';
import { createMachines, type MachinesOptions } from '../../src/machines/machines.ts';
import { memoryAnswers } from '../../src/machines/memoryAnswers.ts';
import { memoryPageKey } from '../../src/machines/memoryPageKey.ts';
import { createLooking as createLookingAtOperations } from '../../src/operations/looking.ts';
import { createParking } from '../../src/operations/parking.ts';
import { memoryOperationStore } from '../../src/operations/store/memoryOperationStore.ts';
import { createDoctor, type Doctor } from '../../src/permissions/doctor.ts';
import { memorySpend } from '../../src/quota/memorySpend.ts';
import type { Quotas } from '../../src/quota/quotas.ts';
import type { SpendStore } from '../../src/quota/spend.ts';
import { createTraffic } from '../../src/quota/traffic.ts';
import { usualBuckets } from '../../src/snapshots/buckets.ts';
import { createLiveStates } from '../../src/snapshots/live/liveStates.ts';
import { createReading } from '../../src/snapshots/reading/reading.ts';
import { createSources } from '../../src/snapshots/sources/sources.ts';
import { memoryRunIndex } from '../../src/snapshots/store/memoryRunIndex.ts';
import { memoryStates } from '../../src/snapshots/store/memoryStates.ts';
import { memoryBodies } from '../../src/storage/memoryBodies.ts';
import { memoryQueue } from '../../src/storage/memoryQueue.ts';
import { defenderOn, quotasOn } from './defender.ts';
import type { FakeClock } from './fakeClock.ts';
import { quietLog } from './quietLog.ts';

export interface ServicesOptions {
  readonly quotas?: Quotas;
  readonly spend?: SpendStore;
  readonly callers?: Partial<CallerRules>;
  readonly owner?: string;
  readonly log?: Log;
  readonly statesSource?: 'auto' | 'preview' | 'composed';
}

/** The machines behind a client of Defender, with what they share in memory. */
export const machinesOn = (
  clock: FakeClock,
  defender: Defender,
  {
    shared = memoryAnswers(clock),
    lifetimes = usualLifetimes,
  }: Partial<Pick<MachinesOptions, 'shared' | 'lifetimes'>> = {},
) => {
  const machines = createMachines({ defender, shared, lifetimes, memoryBytes: 1024 * 1024, clock, log: quietLog });
  const lists = createLists({ ask: machines.ask, pageKey: memoryPageKey(), clock });
  return { machines, lists, finder: createFinder(machines) };
};

/** What is remembered of security states, in memory, and how they are now. */
export const snapshotsOn = (
  clock: FakeClock,
  defender: Defender,
  setting: ServicesOptions['statesSource'] = 'preview',
  log: Log = quietLog,
) => {
  const index = memoryRunIndex();
  const states = memoryStates();
  const staleDays = 7;
  const sources = createSources({ defender, notes: index, setting, pageSize: 10_000, staleDays, clock });
  const snapshots = createReading({ index, states, buckets: usualBuckets, clock });
  const stored = snapshots.stored;
  return {
    index,
    states,
    snapshots,
    liveStates: createLiveStates({ sources, stored, staleDays, antivirusLifetime: 300, clock, log }),
  };
};

/** What takes alerts in and shows them, in memory; nobody enriches them. */
export const alertsOn = (clock: FakeClock) => {
  const store = memoryAlertStore();
  const queue = memoryQueue();
  return {
    alerts: {
      intake: createIntake({ store, queue, clock }),
      looking: createLooking({ store, clock }),
      replay: createReplay({ store, queue, clock }),
      rules: { clientStates: ['state'] },
    },
  };
};

/** What parks questions and shows them, in memory; nobody runs them. */
const operationsOn = (clock: FakeClock): OperationServices => {
  const store = memoryOperationStore();
  const queue = memoryQueue();
  return {
    parking: createParking({ store, queue, mostMs: 3_600_000, clock, log: quietLog }),
    looking: createLookingAtOperations({ store, bodies: memoryBodies(), retentionMs: 86_400_000, clock }),
  };
};

/** Examines what this client may do, with tokens that say nothing. */
const doctorOn = (clock: FakeClock, defender: Defender): Doctor => {
  const tokens: TokenSource = async () => ({ token: 'opaque', expiresAt: Number.POSITIVE_INFINITY });
  const access = (resource: string) => {
    const scope = `${resource}/.default`;
    return { baseUrl: resource, scope, token: createToken(tokens, scope, clock) };
  };
  const services = { defender: access('https://defender.example'), securityStates: access('https://graph.example') };
  return createDoctor({ defender, services, tokens, statesSource: 'preview', app: { cloud: 'public' }, clock });
};

/** What functions work with: a scripted wire, everything else in memory. */
export const servicesOn = (
  clock: FakeClock,
  fetch: typeof globalThis.fetch,
  options: ServicesOptions = {},
): Services => {
  const { quotas = quotasOn(clock), spend = memorySpend(clock), callers, owner = 'me', log = quietLog } = options;
  const defender = defenderOn(clock, fetch, { quotas });
  return {
    ...machinesOn(clock, defender),
    ...snapshotsOn(clock, defender, options.statesSource, log),
    ...alertsOn(clock),
    doctor: doctorOn(clock, defender),
    operations: operationsOn(clock),
    connector: { callerAuth: 'key', audiences: [], authority: 'https://login.example/tenant' },
    quotas,
    traffic: createTraffic({ store: spend, quotas: quotas.all, owner, clock, log }),
    callers: { caps: new Map(), ...callers },
    clock,
  };
};
