import type { Clock } from '../../clock.ts';
import type { Limit } from '../../quota/limits.ts';
import type { Dialect } from './dialect.ts';
import type { FaultRule } from './faults/faultRules.ts';
import type { RequiredRoles } from './requiredRoles.ts';

export interface SimulatorOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Records in the fleet, 0 to 1,000,000; 500 unless told. */
  readonly machines?: number;
  /** Bigger fleets are not kept in memory: their rows are made for each answer; 50,000 unless told. */
  readonly mostKept?: number;
  /** Alerts in the fleet, 0 to 100,000; one for five machines, 24 to 10,000, unless told. */
  readonly alerts?: number;
  /** The same seed gives the same fleet; 1 unless told. */
  readonly seed?: number;
  /** The newest instant in the fleet, such as `2026-02-01T00:00:00Z`; the last midnight in UTC unless told. */
  readonly asOf?: string;
  /** Of every call but deviceavinfo; 100/60,1500/3600 unless told. */
  readonly limits?: readonly Limit[];
  /** Of deviceavinfo; 30/60,1000/3600 unless told. */
  readonly deviceAvLimits?: readonly Limit[];
  /** `application`: one quota for all calls. `route` unless told. */
  readonly quotaScope?: 'route' | 'application';
  /** Whether refused calls count for the quota; they do not unless told. */
  readonly countRefused?: boolean;
  /** Whether a 429 has a `Retry-After`; it has unless told. */
  readonly retryAfter?: boolean;
  readonly faults?: readonly FaultRule[];
  /** What Defender takes of a filter and of an address, and how it compares texts; as `usualDialect` unless told. */
  readonly dialect?: Partial<Dialect>;
  /** Of single calls, where they are others than the service's. */
  readonly roles?: RequiredRoles;
  /** Milliseconds that every answer takes at least; 0 unless told. */
  readonly latencyMs?: number;
  /** What tokens must be for; the names registered for Defender, and Graph's, unless told. */
  readonly audiences?: readonly string[];
  readonly graphAudiences?: readonly string[];
  /** Where contexts and links point to; the vendor's hosts unless told. */
  readonly defenderBase?: string;
  readonly graphBase?: string;
  /** Most rows of machines, alerts and deviceavinfo in an answer; 10,000 unless told. */
  readonly pageSize?: number;
  /** Security states in a page; 200 unless told. */
  readonly securityStatesPageSize?: number;
  /** `gone`: Graph knows no such call, and says 404. `served` unless told. */
  readonly preview?: 'served' | 'gone';
  readonly tenantId?: string;
  readonly log?: (line: string) => void;
  readonly clock?: Clock;
}
