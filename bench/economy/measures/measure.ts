import type { Place } from '../stage/stage.ts';

/** How much is measured. */
export interface Effort {
  /** Distinct names, each asked once. */
  readonly lookups: number;
  /** Whether the lookups are made through two hosts as well. */
  readonly beside: boolean;
  readonly cachedRounds: number;
  readonly requestsInRound: number;
  /** Pages each way. */
  readonly pages: number;
  /** Pages one after the other, whose memory is looked at. */
  readonly pagesInRow: number;
  /** Fresh processes of each app. */
  readonly loads: number;
  /** Node for the fresh processes. */
  readonly node: string;
}

export interface Measuring extends Place {
  readonly effort: Effort;
  readonly print: (line: string) => void;
}

/** Members of the last line, by name. @throws Error that says why it can't be measured */
export type Measure = (measuring: Measuring) => Promise<Readonly<Record<string, unknown>>>;

/** Of Defender ("List machines API", Limitations). */
export const defenderLimits = [
  { calls: 100, seconds: 60 },
  { calls: 1500, seconds: 3600 },
];

/** So that the quota is nothing that a measurement waits for. */
export const wideLimits = [{ calls: 10_000, seconds: 60 }];
