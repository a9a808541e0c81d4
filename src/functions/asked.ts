/** What every call says besides its question: who asks, how urgent it is, how long it waits, how old an answer may be. */
import type { HttpRequest } from '@azure/functions';
import type { CallerIdentity } from '../callers/identity.ts';
import { readCacheControl } from '../http/cacheControl.ts';
import { type Caller, readCaller } from '../http/caller.ts';
import { type Priority, readPriority } from '../http/priority.ts';
import type { Wish } from '../machines/wish.ts';
import { freshnessOf } from './freshnessOf.ts';
import type { Services } from './services.ts';

export interface Asked {
  readonly caller: Caller;
  readonly priority: Priority;
  /** The same for the machines; each call that is sent for it goes to this caller's account. */
  readonly wish: Wish;
}

export const readAsked = (
  { headers }: Pick<HttpRequest, 'headers'>,
  { id, groups }: CallerIdentity,
  { callers, quotas, traffic }: Services,
): Asked => {
  const caller = readCaller({ headers });
  const priority = readPriority(headers.get('priority'), callers.caps.get(id));
  const wish: Wish = {
    waitMs: caller.wait.seconds * 1000,
    priority: priority.class,
    groups,
    freshness: freshnessOf(readCacheControl(headers.get('cache-control'), headers.get('pragma'))),
    onSent: (call) => traffic.sent({ quota: quotas.of(call).name, caller: id, priority: priority.class }),
  };
  return { caller, priority, wish };
};
