import type { Calls } from './calls.ts';
import type { Verdict } from './verdict.ts';

export interface Outcome {
  /** How many were to be enriched. */
  readonly alerts: number;
  readonly verdict: Pick<Verdict, 'final' | 'lost' | 'wrong'>;
  readonly calls: Pick<Calls, 'violations'>;
  /** Bodies that were refused, messages that are no event, events that changed their words. */
  readonly eventFaults: readonly string[];
}

/** Whether all was as it has to be, however long it took. */
export const isGood = ({ alerts, verdict, calls, eventFaults }: Outcome): boolean =>
  verdict.final === alerts &&
  verdict.lost === 0 &&
  verdict.wrong === 0 &&
  calls.violations === 0 &&
  eventFaults.length === 0;
