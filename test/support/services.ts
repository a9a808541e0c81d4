import type { CallerRules, Services } from '../../src/functions/services.ts';
import type { Log } from '../../src/log.ts';
import { memorySpend } from '../../src/quota/memorySpend.ts';
import type { Quotas } from '../../src/quota/quotas.ts';
import type { SpendStore } from '../../src/quota/spend.ts';
import { createTraffic } from '../../src/quota/traffic.ts';
import { defenderOn, quotasOn } from './defender.ts';
import type { FakeClock } from './fakeClock.ts';
import { quietLog } from './quietLog.ts';

export interface ServicesOptions {
  readonly quotas?: Quotas;
  readonly spend?: SpendStore;
  readonly callers?: Partial<CallerRules>;
  readonly owner?: string;
  readonly log?: Log;
}

/** What functions work with: a scripted wire, everything else in memory. */
export const servicesOn = (
  clock: FakeClock,
  fetch: typeof globalThis.fetch,
  { quotas = quotasOn(clock), spend = memorySpend(clock), callers, owner = 'me', log = quietLog }: ServicesOptions = {},
): Services => ({
  defender: defenderOn(clock, fetch, { quotas }),
  quotas,
  traffic: createTraffic({ store: spend, quotas: quotas.all, owner, clock, log }),
  callers: { caps: new Map(), trustsPrincipal: false, ...callers },
  clock,
});
