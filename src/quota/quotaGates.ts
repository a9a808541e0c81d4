import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createGate, type Gate } from './gate.ts';
import type { Timing } from './guard.ts';
import type { Ledger } from './ledger.ts';
import type { Limit } from './limits.ts';

export interface QuotaGatesOptions {
  /** One quota for each that draws on one, or one for all. */
  readonly scope: 'route' | 'application';
  readonly limits: readonly Limit[];
  readonly timing: (limits: readonly Limit[]) => Timing;
  readonly ledger: (quota: string) => Ledger;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** The gate of whoever draws on a quota: by its name, and with its own limits where it has some. Made at the first use. */
export const quotaGates = (options: QuotaGatesOptions): ((drawer: Drawer) => Gate) => {
  const gates = new Map<string, Gate>();
  return ({ name, limits: ownLimits }) => {
    const quota = options.scope === 'application' ? 'application' : name;
    const limits = options.scope === 'application' ? options.limits : (ownLimits ?? options.limits);
    const gate =
      gates.get(quota) ??
      createGate({ ...options, ledger: options.ledger(quota), limits, timing: options.timing(limits) });
    gates.set(quota, gate);
    return gate;
  };
};

export interface Drawer {
  readonly name: string;
  readonly limits?: readonly Limit[] | undefined;
}
