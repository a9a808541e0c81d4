/**
 * Alerts as they came, whose messages the host gave up: storage took none of them for some minutes, or nothing can be read of them. The former
 * are taken now; the latter stay for people, and come into view every quarter of an hour.
 */
import { type Draining, drained } from '../../storage/drained.ts';

export interface SweepRawOptions extends Pick<Draining, 'isOver'> {
  /** `alerts-in-poison`. */
  readonly poison: Draining['poison'];
  /** What a message goes through on its way in. @param text as it stands in the queue */
  readonly take: (text: string) => Promise<'taken' | 'unreadable'>;
}

const hiddenSeconds = 900;

/** @returns how many messages were taken @throws AggregateError as `drained` does */
export const sweepRaw = ({ take, ...options }: SweepRawOptions): Promise<number> =>
  drained({ ...options, hiddenSeconds }, async (text) => ((await take(text)) === 'taken' ? 'done' : 'left'));
