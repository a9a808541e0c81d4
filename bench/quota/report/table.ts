/** The contenders side by side, a line for each measure. */
import type { Limit } from '../../../src/quota/limits.ts';
import type { Figures } from '../measure/figures.ts';

export interface Column {
  readonly title: string;
  readonly figures: Figures;
}

type Measure = readonly [name: string, value: (figures: Figures) => string];

/** @param limits in the order of the figures' peaks */
export const tableLines = (columns: readonly Column[], limits: readonly Limit[]): readonly string[] => {
  const rows = [
    ['', ...columns.map(({ title }) => title)],
    ...measures(limits).map(([name, value]) => [name, ...columns.map(({ figures }) => value(figures))]),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

const measures = (limits: readonly Limit[]): readonly Measure[] => [
  ['seconds', ({ seconds }) => seconds.toFixed(0)],
  ['calls that arrived', ({ calls }) => String(calls)],
  ['  violations', ({ violations }) => String(violations)],
  ['  answered 429', ({ refusedUpstream }) => String(refusedUpstream)],
  ...limits.map(
    (limit, i): Measure => [`  most in ${limit.seconds} s`, ({ peaks }) => `${peaks[i]} of ${limit.calls}`],
  ),
  [`last full window of ${limits.at(-1)?.seconds} s`, ({ utilisation }) => percent(utilisation)],
  ['transactions a call', ({ txPerCall }) => decimals(txPerCall, 2)],
  ['  conflicts', ({ conflicts }) => String(conflicts)],
  ['  writes unanswered (by the bench)', ({ ambiguous, dropped }) => `${ambiguous} (${dropped})`],
  ['    settled (process killed first)', ({ settled, killedUnsettled }) => `${settled} (${killedUnsettled})`],
  ['interactive calls asked for', ({ interactiveAsked }) => String(interactiveAsked)],
  ['  made', ({ interactiveServed }) => String(interactiveServed)],
  ['  wait p50', ({ interactiveP50Ms }) => milliseconds(interactiveP50Ms)],
  ['  wait p99', ({ interactiveP99Ms }) => milliseconds(interactiveP99Ms)],
  ['  refused', ({ interactiveRefused }) => String(interactiveRefused)],
  ['  gone with a killed process, or waiting at the end', (figures) => String(unansweredOf(figures))],
  ['enrichment calls made', ({ enrichmentServed }) => String(enrichmentServed)],
  ['background calls made', ({ backgroundServed }) => String(backgroundServed)],
  ['  fairness (Jain)', ({ jain }) => decimals(jain, 3)],
  ['killed / frozen', ({ kills, freezes }) => `${kills} / ${freezes}`],
];

const unansweredOf = ({ interactiveAsked, interactiveServed, interactiveRefused }: Figures): number =>
  interactiveAsked - interactiveServed - interactiveRefused;

const none = '–';
const percent = (share: number | null) => (share === null ? none : `${(share * 100).toFixed(1)} %`);
const decimals = (value: number | null, places: number) => (value === null ? none : value.toFixed(places));
const milliseconds = (value: number | null) => (value === null ? none : `${value.toFixed(0)} ms`);
