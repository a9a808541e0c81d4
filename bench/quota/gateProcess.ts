/** One process of the bench: it is told by its parent who it is, makes calls, and reports. It ends when its parent does. */
import { systemClock } from '../../src/clock.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { tableLedger } from '../../src/quota/tableLedger.ts';
import { readSettings } from '../../src/settings.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { bottleneckDoor } from './process/bottleneckDoor.ts';
import { type Callers, createCallers } from './process/callers.ts';
import { casPerCallDoor } from './process/casPerCallDoor.ts';
import { countingLog } from './process/countingLog.ts';
import type { Door } from './process/door.ts';
import { gateDoor, greedyDoor } from './process/gateDoor.ts';
import { sendTo } from './process/sendTo.ts';
import { createUnanswered, type Unanswered } from './process/unanswered.ts';
import { warmUp, warmUpTable } from './process/warmUp.ts';
import { randomOf } from './random.ts';
import type { FromProcess, Report, Role, ToProcess } from './torture/messages.ts';

interface Worker {
  readonly callers: Callers;
  readonly door: Door;
  readonly role: Role;
  report(): Report;
}

const concurrency = 64;
const reportEveryMs = 250;
const closesWithinMs = 2000;
const log = countingLog();

type Table = ReturnType<typeof tableClient>;

const doorOf = ({ contender, limits: text }: Role, table: Table, unanswered: Unanswered): Door => {
  const limits = parseLimits(text);
  const ledger = tableLedger(table, { partition: 'bench', quota: contender });
  const gate = { ledger, unanswered, limits, log, concurrency };
  if (contender === 'ours') return gateDoor(gate);
  if (contender === 'greedy') return greedyDoor(gate);
  return contender === 'casPerCall'
    ? casPerCallDoor({ table, unanswered, limits })
    : bottleneckDoor(limits, concurrency);
};

const begin = async (role: Role): Promise<Worker> => {
  const unanswered = createUnanswered(role.lostPerMille, randomOf(role.seed));
  const table = tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: role.connectionString }), 'quota');
  const door = doorOf(role, table, unanswered);
  const callers = createCallers(door, sendTo(role.upstream, role.place));
  // What a process does once in its life is over before it is measured.
  await Promise.all([warmUp(role.upstream), table().then(warmUpTable)]);
  return {
    callers,
    door,
    role,
    report: () => ({
      transactions: { ...door.transactions },
      dropped: unanswered.dropped,
      unserved: callers.unserved,
      said: log.said,
    }),
  };
};

const tell = (message: FromProcess) => {
  if (process.connected) process.send?.(message, () => undefined);
};

const reportNowAndThen = async ({ report }: Worker) => {
  for (;;) {
    tell({ kind: 'report', report: report() });
    await systemClock.sleep(reportEveryMs);
  }
};

const end = async ({ callers, door, report }: Worker) => {
  callers.leave();
  await Promise.race([door.close(), systemClock.sleep(closesWithinMs)]);
  process.send?.({ kind: 'ended', report: report() } satisfies FromProcess, () => process.exit());
};

let worker: Worker | undefined;

const hear = async (message: ToProcess) => {
  if (message.kind === 'role') {
    worker = await begin(message.role);
    tell({ kind: 'ready' });
    void reportNowAndThen(worker);
  } else if (worker && message.kind === 'go') worker.callers.saturate(worker.role.saturating);
  else if (worker && message.kind === 'call') await worker.callers.call(message.priority);
  else if (message.kind === 'end') await (worker ? end(worker) : process.exit());
};

process.on('message', (message: ToProcess) => void hear(message));
process.on('disconnect', () => process.exit());
// A Ctrl-C in the terminal is for the parent, which ends this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
