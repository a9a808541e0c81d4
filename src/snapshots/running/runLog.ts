/** What the log says of a run: one line when it is finished, and one when it has to wait or is overdue. */
import type { Log } from '../../log.ts';
import type { Run } from '../run.ts';

export const logFinished = (log: Log, run: Run): void => {
  const write = run.outcome === 'complete' && run.untold === undefined ? log.info : log.warn;
  write(`Snapshot ${run.outcome}`, fieldsOf(run));
};

export const logPaused = (log: Log, { id, phase }: Run, reason: string): void =>
  log.info('A snapshot goes on later', { run: id, phase, reason });

export const logOverdue = (log: Log, run: string, times: number): void =>
  log.warn('The next snapshot is due, and one is still under way: it goes on, and none is begun', { run, times });

const fieldsOf = ({ id, source, lists, counts, cost, overdue, outcome, reason, untold }: Run) => ({
  run: id,
  source,
  outcome,
  reason,
  untold,
  machines: counts.machines,
  received: counts.received,
  stored: counts.stored,
  duplicates: counts.duplicates,
  missed: counts.missed,
  pages: Object.values(lists).reduce((sum, { pages }) => sum + pages.length, 0),
  ...counts.changes,
  requireAttention: counts.requireAttention,
  transactions: cost.tableTransactions,
  stagingTransactions: cost.stagingTransactions,
  messages: cost.messages,
  calls: cost.calls,
  seconds: Math.round(cost.seconds * 10) / 10,
  slices: cost.slices,
  overdue,
});
