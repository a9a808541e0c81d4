import type { Paint } from '../stack/command/paint.ts';
import { amount } from './progress.ts';
import type { WatchedRun } from './watchedRun.ts';

/** What a finished run found and what it cost, line by line. */
export const summaryLines = (run: WatchedRun, paint: Paint): readonly string[] => {
  const { counts, cost } = run;
  const rows: readonly (readonly [string, string])[] = [
    ['machines', machinesOf(counts)],
    ['changes', listed(counts.changes) ?? 'none'],
    ['attention', attentionOf(counts)],
    ['calls', `${amount(cost.calls, 'call')} to Defender, source ${run.source}`],
    ['storage', `${transactions(cost.tableTransactions)}, and ${transactions(cost.stagingTransactions)} of staging`],
    ['told', `${amount(cost.messages, 'message')} in the queue security-state-changes`],
    ['took', `${cost.seconds.toFixed(1)} s of work`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `${verdict(run, paint)}  ${run.id}`,
    ...rows.map(([name, text]) => `  ${paint('bold', name.padEnd(width))}  ${text}`),
  ];
};

const verdict = ({ state, reason }: WatchedRun, paint: Paint): string => {
  if (state === 'complete') return paint('green', state);
  return paint('red', reason === null ? state : `${state}: ${reason}`);
};

const machinesOf = ({ stored, machines, missed }: WatchedRun['counts']): string => {
  const gone = missed === 0 ? '' : `, ${missed.toLocaleString('en-US')} of them missed`;
  return `${stored.toLocaleString('en-US')} seen, ${machines.toLocaleString('en-US')} kept${gone}`;
};

const attentionOf = ({ requireAttention, attention }: WatchedRun['counts']): string => {
  const properties = listed(attention);
  return amount(requireAttention, 'machine') + (properties === undefined ? '' : `: ${properties}`);
};

/** The most frequent first; undefined where there is none. */
const listed = (counts: Readonly<Record<string, number>>): string | undefined => {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  some.sort(([, a], [, b]) => b - a);
  return some.length === 0
    ? undefined
    : some.map(([name, count]) => `${count.toLocaleString('en-US')} ${name}`).join(', ');
};

const transactions = (count: number): string => amount(count, 'transaction');
