import type { HttpHandler, HttpMethod } from '@azure/functions';
import type { Clock } from '../clock.ts';
import type { CallerCaps } from '../http/callerCaps.ts';
import type { Finder } from '../machines/finder.ts';
import type { Lists } from '../machines/lists/lists.ts';
import type { Quotas } from '../quota/quotas.ts';
import type { Traffic } from '../quota/traffic.ts';

/** What functions work with; made in `src/index.ts`. */
export interface Services {
  /** Any of Defender's calls. */
  readonly lists: Lists;
  /** Machines by what identifies them. */
  readonly finder: Finder;
  readonly quotas: Quotas;
  readonly traffic: Traffic;
  readonly callers: CallerRules;
  readonly clock: Clock;
}

export interface CallerRules {
  readonly caps: CallerCaps;
  /** Whether the platform checks who calls (`callerId`). */
  readonly trustsPrincipal: boolean;
}

/** A function that answers HTTP: what Azure is told of it, and what it does. */
export interface HttpFunction {
  readonly name: string;
  /** Without a slash in front; the route prefix is empty. */
  readonly route: string;
  readonly methods: readonly HttpMethod[];
  /** Written out always: the library's default is anonymous. */
  readonly authLevel: 'anonymous' | 'function' | 'admin';
  readonly handler: HttpHandler;
}
