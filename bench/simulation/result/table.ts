/** The figures of one run, a line for each. */
import type { ClassResult, Result } from './result.ts';

export const tableLines = (result: Result): readonly string[] => {
  const lines = rows(result);
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
};

const rows = (result: Result): readonly (readonly [name: string, value: string])[] => {
  const { transactions, classes } = result;
  const { reads, writes, stamps, conflicts } = transactions;
  return [
    ['virtual time', `${result.simulatedHours.toFixed(2)} h, in ${result.realSeconds.toFixed(1)} s`],
    ['calls that arrived', String(result.calls)],
    ['  violations', String(result.violations)],
    ['  answered 429', `${result.upstreamRefused} (${percent(result.upstreamRefusedShare)})`],
    ...result.fullest.map(
      ({ limit, calls }) => [`  most in ${limit.seconds} s`, `${calls} of ${limit.calls}`] as const,
    ),
    ['utilisation after the first window', percent(result.utilisation)],
    ...(result.foreign > 0 ? [['  with calls of others', percent(result.totalUse)] as const] : []),
    ['transactions a call', decimals(result.txPerCall)],
    ['  reads, writes, stamps', `${reads}, ${writes} (${conflicts} overtaken), ${stamps}`],
    ['  writes unanswered, settled', `${result.ambiguous}, ${result.settled}`],
    ['interactive', classText(classes.interactive)],
    ['enrichment', classText(classes.enrichment)],
    ['background', classText(classes.background)],
    ['  fairness (Jain)', decimals(result.jain, 4)],
    ['crashes, freezes', `${result.crashes}, ${result.freezes}`],
    ['slots lost', String(result.slotsLost)],
    ...specialRows(result),
    ['digest', result.digest],
  ];
};

const specialRows = (result: Result): readonly (readonly [string, string])[] => [
  ...(result.returned > 0
    ? [['came back when told, and were served', `${result.served} of ${result.returned}`] as const]
    : []),
  ...(result.recoveriesMs.length > 0
    ? [
        [
          'next call after each outage',
          result.recoveriesMs.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', '),
        ] as const,
        ['  sent in them beyond what was held', String(result.sentBeyondHeld)] as const,
      ]
    : []),
];

const classText = ({ asked, sent, refused, closed, p50Ms, p95Ms, p99Ms, leastInWindow }: ClassResult): string =>
  `${sent} of ${asked} sent, ${refused} refused, ${closed} closed; waited p50 ${seconds(p50Ms)}, p95 ${seconds(p95Ms)}, p99 ${seconds(p99Ms)}; at least ${leastInWindow ?? none} in a window`;

const none = '–';
const percent = (share: number | undefined) => (share === undefined ? none : `${(share * 100).toFixed(2)} %`);
const decimals = (value: number | undefined, places = 3) => (value === undefined ? none : value.toFixed(places));
const seconds = (ms: number | undefined) => (ms === undefined ? none : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`);
