/** Sends what was planned, evenly over a time, and again what was not taken, as a playbook does: what is taken is the gateway's from then on. */
import type { Clock } from '../../../src/clock.ts';
import type { Sending } from '../making/sending.ts';
import type { Gates } from './gates.ts';

export interface Sender {
  /** Resolves when all was taken, or refused, or it was stopped. */
  readonly done: Promise<void>;
  readonly tally: SenderTally;
}

export interface SenderTally {
  /** Places in the plan of alerts that were taken at least once. */
  readonly taken: ReadonlySet<number>;
  /** Bodies that were taken. */
  readonly bodies: number;
  /** Attempts that were not, by what came of them. */
  readonly again: ReadonlyMap<string, number>;
  /** Bodies that were refused for good: the bench or the gateway is wrong. */
  readonly refused: readonly string[];
}

export interface SenderOptions {
  readonly sendings: readonly Sending[];
  readonly gates: Gates;
  /** Milliseconds over which they are spread; 0: all at once. */
  readonly overMs: number;
  /** Under way at a time. */
  readonly lanes: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const pauseMs = 500;
const mostPauseMs = 5_000;

export const startSender = ({ sendings, gates, overMs, lanes, clock, signal }: SenderOptions): Sender => {
  const tally = { taken: new Set<number>(), bodies: 0, again: new Map<string, number>(), refused: [] as string[] };
  const started = clock.monotonic();
  const untilTaken = async (sending: Sending): Promise<void> => {
    for (let pause = pauseMs; !signal.aborted; pause = Math.min(mostPauseMs, pause * 2)) {
      const sent = await gates.send(sending);
      if (sent.kind === 'refused') return void tally.refused.push(`${sending.format} by ${sending.way}: ${sent.why}`);
      if (sent.kind === 'taken') {
        tally.bodies += 1;
        for (const place of sending.alerts) tally.taken.add(place);
        return;
      }
      const why = sent.why.replace(/[0-9a-f-]{20,}|\d{4,}/gi, '…').slice(0, 80);
      tally.again.set(why, (tally.again.get(why) ?? 0) + 1);
      await clock.sleep(Math.max(pause, (sent.retryAfterSeconds ?? 0) * 1000), signal);
    }
  };
  const left = sendings.entries();
  const lane = async () => {
    for (const [index, sending] of left) {
      if (signal.aborted) return;
      const due = started + (overMs * index) / sendings.length;
      await clock.sleep(due - clock.monotonic(), signal);
      await untilTaken(sending);
    }
  };
  const done = Promise.all(Array.from({ length: lanes }, lane)).then(() => undefined);
  return { done, tally };
};
