/** The last line: all figures, for programs, with three decimals. */
import type { Calls } from '../judging/calls.ts';
import type { Verdict } from '../judging/verdict.ts';
import type { Wanted } from '../judging/wanted.ts';
import type { Naive } from '../naive/naiveWay.ts';

export interface Figures {
  readonly alerts: number;
  readonly verdict: Verdict;
  readonly duplicates: number;
  readonly calls: Calls;
  /** From the first that was sent to the last alert's first event. */
  readonly seconds: number;
  readonly limits: string;
  readonly wanted: readonly Wanted[];
  readonly naive: Naive | undefined;
  /** What is told beside: kills, faults, memory. */
  readonly more: Readonly<Record<string, unknown>>;
}

export const resultLine = ({ verdict, calls, naive, more, wanted, ...figures }: Figures): string => {
  const { alerts, duplicates, seconds, limits } = figures;
  const { final, lost, untaken, wrong, states } = verdict;
  const line = {
    alerts,
    final,
    lost,
    duplicates,
    calls: calls.calls,
    callsPerAlert: calls.calls / alerts,
    seconds,
    violations: calls.violations,
    wrong,
    untaken,
    states,
    limits,
    notMet: wanted.filter(({ isMet }) => !isMet).map(({ what }) => what),
    callsByRoute: calls.byRoute,
    ...(naive && { naive, callsRatio: naive.calls / calls.calls, secondsRatio: naive.seconds / seconds }),
    ...more,
    node: process.versions.node,
  };
  return JSON.stringify(line, rounded);
};

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
