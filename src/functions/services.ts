import type { HttpHandler, HttpRequest, InvocationContext } from '@azure/functions';
import type { CallerCaps } from '../callers/callerCaps.ts';
import type { CallerIdentity } from '../callers/identity.ts';
import type { Clock } from '../clock.ts';
import type { Finder } from '../machines/finder.ts';
import type { Lists } from '../machines/lists/lists.ts';
import type { Doctor } from '../permissions/doctor.ts';
import type { Quotas } from '../quota/quotas.ts';
import type { Traffic } from '../quota/traffic.ts';
import type { LiveStates } from '../snapshots/live/liveStates.ts';
import type { Reading } from '../snapshots/reading/reading.ts';
import type { AlertServices } from './alerts/alertServices.ts';
import type { ForOpenApi } from './openapi.ts';
import type { OperationServices } from './operations/operationServices.ts';
import type { HttpTrigger } from './triggers.ts';

/** What functions work with; made in `src/gateway.ts`. */
export interface Services extends ForOpenApi {
  /** Any of Defender's calls. */
  readonly lists: Lists;
  /** Machines by what identifies them. */
  readonly finder: Finder;
  /** The security states of the fleet as they are now. */
  readonly liveStates: LiveStates;
  /** What is remembered of them. */
  readonly snapshots: Reading;
  /** Alerts, on their way to their machines. */
  readonly alerts: AlertServices;
  /** What Defender lets the gateway do. */
  readonly doctor: Doctor;
  /** Questions that are parked. */
  readonly operations: OperationServices;
  readonly quotas: Quotas;
  readonly traffic: Traffic;
  readonly callers: CallerRules;
  readonly clock: Clock;
}

export interface CallerRules {
  readonly caps: CallerCaps;
}

/** A function that answers HTTP: what Azure is told of it, and what it does. */
export interface HttpFunction extends HttpTrigger {
  readonly handler: IdentifiedHandler;
}

/** What answers a request of a caller who is known. */
export type IdentifiedHandler = (
  request: HttpRequest,
  context: InvocationContext,
  identity: CallerIdentity,
) => ReturnType<HttpHandler>;
