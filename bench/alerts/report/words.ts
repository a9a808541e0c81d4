/** What a run came to, for people. */
import type { Figures } from './resultLine.ts';

export const tell = (figures: Figures, faults: readonly string[], warnings: readonly string[]): readonly string[] => {
  const { alerts, verdict, calls, seconds, duplicates, naive, wanted } = figures;
  const states = Object.entries(verdict.states).map(([state, count]) => `${count} ${state}`);
  return [
    '',
    ...warnings.map((warning) => `a function said: ${warning}`),
    ...faults.map((fault) => `wrong: ${fault}`),
    `the gateway: ${alerts} alerts in ${seconds.toFixed(1)} s with ${calls.calls} calls; ${states.join(', ')}; ${duplicates} results came again`,
    `the quota: ${calls.violations} calls too many; the fullest windows held ${calls.fullest.join(' and ')}`,
    ...wanted.map(({ what, isMet }) => `wanted: ${what}: ${isMet ? 'met' : 'NOT MET'}`),
    ...(naive ? [naiveWords(figures, naive)] : []),
  ];
};

const naiveWords = ({ alerts, calls, seconds }: Figures, naive: NonNullable<Figures['naive']>): string =>
  [
    `the naive way: ${naive.enriched} of ${alerts} alerts in ${naive.seconds.toFixed(1)} s with ${naive.calls} calls, ${naive.refused} of them refused`,
    `${(naive.calls / calls.calls).toFixed(1)} times the calls, ${(naive.seconds / seconds).toFixed(1)} times the time`,
  ].join(': ');
