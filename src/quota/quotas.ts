import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createGate, type Gate } from './gate.ts';
import type { Timing } from './guard.ts';
import type { Ledger } from './ledger.ts';
import type { Limit } from './limits.ts';
import { watchScope } from './scopeWatch.ts';

export interface QuotasOptions {
  /** One quota for each that draws on one, or one for all. */
  readonly scope: 'route' | 'application';
  readonly limits: readonly Limit[];
  readonly timing: (limits: readonly Limit[]) => Timing;
  readonly newLedger: 'unused' | 'unknown';
  readonly ledger: (quota: string) => Ledger;
  readonly concurrency: number;
  /** This process, as the ledgers name it; unique. */
  readonly owner?: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** One quota: its name, this process's gate to it, and its ledger. */
export interface Quota {
  readonly name: string;
  readonly gate: Gate;
  readonly ledger: Ledger;
}

export interface Quotas {
  /** The quota that a call draws on: by its name, and with its own limits where it has some. Made at the first use, without asking the store. */
  of(drawer: Drawer): Quota;
  /** All that were asked for. */
  all(): readonly Quota[];
}

export interface Drawer {
  readonly name: string;
  readonly limits?: readonly Limit[] | undefined;
}

export const createQuotas = (options: QuotasOptions): Quotas => {
  const quotas = new Map<string, Quota>();
  const all = () => [...quotas.values()];
  const onThrottled = watchScope({ ...options, quotas: all });

  const create = (name: string, limits: readonly Limit[]): Quota => {
    const ledger = options.ledger(name);
    const timing = options.timing(limits);
    const gate = createGate({
      ...options,
      ledger,
      limits,
      timing,
      onThrottled: (throttled, at) => void onThrottled(name, throttled, at),
    });
    return { name, gate, ledger };
  };

  return {
    of({ name, limits: own }) {
      const isShared = options.scope === 'application';
      const key = isShared ? 'application' : name;
      const quota = quotas.get(key) ?? create(key, isShared ? options.limits : (own ?? options.limits));
      quotas.set(key, quota);
      return quota;
    },
    all,
  };
};
