/** Lines as the gateway writes them, made by the code that makes them in Azure. */
import type { Log } from '../../../../src/log.ts';
import { logLine } from '../../../../src/log.ts';
import { timingFor } from '../../../../src/quota/guard.ts';
import { parseLimits } from '../../../../src/quota/limits.ts';
import { memoryLedger } from '../../../../src/quota/memoryLedger.ts';
import { memorySpend } from '../../../../src/quota/memorySpend.ts';
import { createQuotas } from '../../../../src/quota/quotas.ts';
import { createTraffic } from '../../../../src/quota/traffic.ts';
import { noCost, noCounts, type Run } from '../../../../src/snapshots/run.ts';
import { runIdAt } from '../../../../src/snapshots/runId.ts';
import { logFinished } from '../../../../src/snapshots/running/runLog.ts';
import { drained } from '../../../../src/storage/drained.ts';
import type { Trace } from '../../../../src/trace.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { quietLog } from '../../../support/quietLog.ts';
import { sources } from '../sources.ts';

/** A log that keeps its lines. */
const linesLog = (trace?: Trace): Log & { readonly lines: readonly string[] } => {
  const lines: string[] = [];
  const write: Log['info'] = (message, fields) => void lines.push(logLine(message, fields, trace));
  return { lines, info: write, warn: write, error: write };
};

/** Every message that the deployed code logs as it stands there; those that are put together are made below. */
export const loggedMessages: readonly string[] = [
  ...new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/\b(?:log|context)\.(?:info|warn|error)\(\s*'((?:[^'\\]|\\.)+)'/g)].map(
        ([, said = '']) => said,
      ),
    ),
  ),
];

/** What a process says of a quota once a minute. */
export const quotaLine = async (calls: number, refusals: number, limits = '100/60,10/3600'): Promise<string> => {
  const clock = fakeClock();
  const quotas = createQuotas({
    scope: 'route',
    limits: parseLimits(limits),
    timing: timingFor,
    newLedger: 'unused',
    ledger: () => memoryLedger(clock),
    concurrency: 10,
    clock,
    log: quietLog,
  });
  const { name, gate } = quotas.of({ name: 'listMachines' });
  const log = linesLog();
  const traffic = createTraffic({ store: memorySpend(clock), quotas: quotas.all, owner: 'me', clock, log });
  const call = { quota: name, caller: 'key-0123456789ab', priority: 'interactive' } as const;
  for (let i = 0; i < calls; i++) {
    const passing = gate.pass({ waitMs: 1000, priority: 'interactive' }, async () => ({ value: 'sent' }));
    await clock.advance(100);
    await passing;
    traffic.sent(call);
  }
  for (let i = 0; i < refusals; i++) traffic.refused(name);
  await clock.advance(61_000);
  return log.lines.find((line) => line.startsWith('Quota ')) ?? log.lines.join('\n');
};

export const snapshotLine = (ended: Pick<Run, 'outcome' | 'reason' | 'untold'>, trace?: Trace): string => {
  const log = linesLog(trace);
  logFinished(log, {
    id: runIdAt(0),
    startedAt: '1970-01-01T00:00:00Z',
    source: 'preview',
    phase: 'finished',
    sourceChanged: false,
    lists: {},
    merged: 0,
    told: 0,
    counts: noCounts,
    cost: noCost,
    overdue: 0,
    ...ended,
  });
  return log.lines.join('\n');
};

/** What a sweep fails with that had to leave messages in a poison queue. */
export const leftMessages = async (): Promise<string> => {
  const poison = { take: async () => [{ text: 'x', remove: async () => {} }], length: async () => 1 };
  const fault = await drained({ poison }, async () => {
    throw new Error('storage');
  }).catch((thrown: unknown) => thrown);
  return (fault as Error).message;
};
