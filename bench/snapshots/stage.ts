/** The gateway in a process of its own, and what stands around it: storage in memory, the identity, Defender. */
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import type { SimulatorOptions } from '../../src/local/simulator/options.ts';
import { startAzurite } from '../../src/local/stack/azurite.ts';
import type { Endings } from '../../src/local/stack/endings.ts';
import { untilAnswers } from '../../src/local/stack/untilAnswers.ts';
import { wiring } from '../../src/local/stack/wiring.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { environment, readSettings } from '../../src/settings.ts';
import type { Run } from '../../src/snapshots/run.ts';
import type { StateStore } from '../../src/snapshots/stateStore.ts';
import { tableRunIndex } from '../../src/snapshots/store/tableRunIndex.ts';
import { tableStates } from '../../src/snapshots/store/tableStates.ts';
import { createTally } from '../../src/snapshots/store/tally.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { type BenchArguments, heapMb, limit } from './arguments.ts';
import { residentOf } from './measure/memory.ts';
import { type Child, startChild } from './process/child.ts';
import type { FromDefender, FromGateway, ToDefender, ToGateway, Transaction } from './process/messages.ts';
import type { SeenRun } from './report/figures.ts';

/** Where the bench runs. */
export interface Place {
  /** The folder of the package.json that names azurite. */
  readonly appRoot: string;
  /** The folder of the built bench. */
  readonly built: string;
}

export interface Stage {
  /** Has a run begin, and go on until it is finished. @param profile file of a CPU profile */
  run(profile: string | undefined): Promise<SeenRun>;
  /** Bytes of the gateway's process. */
  weigh(): Promise<number>;
  /** What is stored, read from outside. */
  readonly states: StateStore;
  readonly connection: string;
  /** Says something to Defender's own pages. */
  control(path: string, body: object): Promise<unknown>;
}

/** What callers of the identity must send. */
const secret = 'bench';
/** States in a page of the preview; Microsoft does not say how many there are, the documented example has 444. */
const statesPage = 1_000;

/** @param endings of all that it starts */
export const openStage = async (
  { appRoot, built }: Place,
  { machines, source }: BenchArguments,
  asOf: string,
  { keep }: Endings,
): Promise<Stage> => {
  const limits = parseLimits(limit);
  const options: SimulatorOptions = {
    port: 0,
    machines,
    asOf,
    limits,
    deviceAvLimits: limits,
    securityStatesPageSize: statesPage,
  };
  const other = startChild<ToDefender, FromDefender>(join(built, 'snapshotsDefender.mjs'), environment());
  const beside = keep(Promise.resolve(other));
  const [azurite, { defender, identity }] = await Promise.all([
    keep(startAzurite({ appRoot })),
    beside.then((child) => child.ask({ kind: 'start', options, secret }, 'started')),
  ]);
  await untilAnswers('storage', azurite.tables);
  const part = (url: string) => ({ url, stop: async () => undefined });
  const settings = {
    ...wiring({ azurite, simulator: part(defender), identity: part(identity) }, secret),
    QUOTA_LIMITS: limit,
    QUOTA_LIMITS_DEVICEAVINFO: limit,
    QUOTA_NEW_LEDGER: 'unused',
    SECURITY_STATES_SOURCE: source,
  };
  const path = join(built, 'apps', 'snapshots', 'main.mjs');
  const heap = [`--max-old-space-size=${heapMb}`];
  const gateway = startChild<ToGateway, FromGateway>(path, { ...environment(), ...settings }, heap);
  const ready = gateway.hear('isReady');
  await keep(Promise.resolve(gateway));
  await ready;
  const control = async (page: string, body: object): Promise<unknown> => {
    const response = await fetch(`${defender}/_simulator/${page}`, { method: 'POST', body: JSON.stringify(body) });
    return response.json();
  };
  return { ...seenFrom(settings), ...ofGateway(gateway, settings), connection: azurite.connectionString, control };
};

type Given = Readonly<Record<string, string>>;

const tableOptions = { partition: 'tenant|system', tally: createTally(), clock: systemClock };

const seenFrom = (given: Given): Pick<Stage, 'states'> => ({
  states: tableStates(tableClient(readSettings(given), 'snapshotStates'), tableOptions),
});

const ofGateway = (gateway: Child<ToGateway, FromGateway>, given: Given): Pick<Stage, 'run' | 'weigh'> => {
  const index = tableRunIndex(tableClient(readSettings(given), 'snapshots'), tableOptions);
  const finished = async (): Promise<Run | undefined> => (await index.list({ top: 1 })).find(isFinished);
  const untilFinished = async (): Promise<SeenRun> => {
    const transactions: Transaction[] = [];
    let timer: 'snapshotSecurityStates' | 'resumeSnapshot' = 'snapshotSecurityStates';
    for (;;) {
      transactions.push(...(await gateway.ask({ kind: 'fire', timer }, 'isThrough')).transactions);
      const run = await finished();
      if (run) return { run, transactions };
      timer = 'resumeSnapshot';
    }
  };
  return {
    async run(profile) {
      if (profile === undefined) return untilFinished();
      await gateway.ask({ kind: 'profile' }, 'profiles');
      const seen = await untilFinished();
      await gateway.ask({ kind: 'endProfile', file: profile }, 'profiled');
      return seen;
    },
    weigh: async () => (await residentOf(gateway.pid)) ?? (await gateway.ask({ kind: 'weigh' }, 'weighs')).resident,
  };
};

const isFinished = ({ phase }: Run): boolean => phase === 'finished';
