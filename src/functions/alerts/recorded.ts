import type { Accepted } from '../../enrichment/intake.ts';
import type { AlertReference } from '../../enrichment/reference.ts';
import type { Problem } from '../../http/problem.ts';
import { told } from '../../toldFault.ts';
import { within } from '../../within.ts';
import type { ForAlerts } from './alertServices.ts';

export type Recorded =
  | { readonly kind: 'recorded'; readonly accepted: readonly Accepted[] }
  /** Some may be recorded for all that. */
  | { readonly kind: 'unrecorded'; readonly problem: Problem };

/** Alerts are recorded and queued; where storage fails or takes too long, their sender is to send all of them again. @param withinMs milliseconds */
export const recorded = async (
  references: readonly AlertReference[],
  withinMs: number,
  { alerts, clock }: ForAlerts,
  log: (fields: { readonly alerts: number; readonly fault: string }) => void,
): Promise<Recorded> => {
  if (references.length === 0) return { kind: 'recorded', accepted: [] };
  try {
    const accepted = await within(clock, withinMs, alerts.intake.accept(references), () => new Late());
    return { kind: 'recorded', accepted };
  } catch (fault) {
    log({ alerts: references.length, fault: told(fault) });
    const reason = fault instanceof Late ? 'Not all alerts were recorded in time' : 'Storage does not take the alerts';
    const message = `${reason}. Send them again, which does no harm: each counts once.`;
    return { kind: 'unrecorded', problem: { ...unavailable, message } };
  }
};

class Late extends Error {
  override readonly name = 'Late';
}

const unavailable = { status: 503, code: 'ServiceUnavailable', retryAfterSeconds: 5 } as const;
