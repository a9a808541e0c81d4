import type { SeenEvents } from '../results/seenEvents.ts';
import type { SenderTally } from '../sending/sender.ts';

export interface Progress {
  readonly seconds: number;
  readonly tally: SenderTally;
  readonly events: Pick<SeenEvents, 'alerts' | 'duplicates'>;
  readonly alerts: readonly unknown[];
  readonly starts: number;
}

/** A line every few seconds: how many alerts are in, and how many are out again. */
export const progressLine = ({ seconds, tally, events, alerts, starts }: Progress): string =>
  [
    `${seconds.toFixed(0).padStart(4)} s`,
    `${tally.taken.size} of ${alerts.length} alerts taken`,
    `${events.alerts()} told of`,
    `${events.duplicates()} again`,
    `${starts} instances started`,
  ].join('   ');
