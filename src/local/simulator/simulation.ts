import { type Clock, systemClock } from '../../clock.ts';
import { parseLimits } from '../../quota/limits.ts';
import { type Arrivals, arrivalLog } from './arrivals/arrivals.ts';
import { type Bodies, createBodies } from './bodies.ts';
import type { Paging, Route } from './call.ts';
import { type DialectSetting, dialectSetting } from './dialect.ts';
import { type FaultPlan, faultPlan } from './faults/faultPlan.ts';
import { type Fleet, fleetOf } from './fleet/fleet.ts';
import type { SimulatorOptions } from './options.ts';
import { type QuotaKey, rollingQuota, type SimulatedQuota } from './quota.ts';
import { type RolesSetting, rolesSetting } from './requiredRoles.ts';
import { defenderAudiences, graphAudiences } from './token.ts';

/** A running simulator's parts and settings. */
export interface Simulation {
  readonly fleet: Fleet;
  readonly clock: Clock;
  /** When it started, on the monotonic clock. */
  readonly started: number;
  readonly arrivals: Arrivals;
  readonly faults: FaultPlan;
  readonly dialect: DialectSetting;
  /** What each call asks of a token. */
  readonly roles: RolesSetting;
  readonly quota: SimulatedQuota;
  readonly bodies: Bodies;
  readonly paging: Paging;
  readonly preview: 'served' | 'gone';
  readonly latencyMs: number;
  readonly retryAfter: boolean;
  readonly log: (line: string) => void;
  /** The quotas that a call counts for; their keys name the destination only. */
  quotasOf(route: Route): readonly QuotaKey[];
  audiencesOf(route: Route): readonly string[];
  baseOf(route: Route): string;
}

const midnight = (wall: number): number => wall - (wall % 86_400_000);

/** @throws Error that names an option out of bounds */
export const simulationOf = (options: SimulatorOptions): Simulation => {
  const { machines = 500, seed = 1, clock = systemClock, latencyMs = 0 } = options;
  const { tenantId = 'c2d1a6f4-53b7-4f2e-8a90-1f5d6e7b8c90', log = () => {}, retryAfter = true } = options;
  checkCount('machines', machines, 1_000_000);
  checkCount('alerts', options.alerts ?? 0, 100_000);
  const asOf = options.asOf === undefined ? midnight(clock.wall()) : Date.parse(options.asOf);
  if (Number.isNaN(asOf)) throw new Error(`asOf: '${options.asOf}' is no instant, such as 2026-02-01T00:00:00Z`);
  const faults = faultPlan(seed);
  faults.replace(options.faults ?? []);
  return {
    fleet: fleetOf({ machines, seed, asOf, tenantId, alerts: options.alerts, mostKept: options.mostKept }),
    clock,
    started: clock.monotonic(),
    arrivals: arrivalLog(),
    faults,
    dialect: dialectSetting(options.dialect),
    roles: rolesSetting(options.roles),
    quota: rollingQuota(options.countRefused ?? false),
    bodies: createBodies(),
    paging: { pageSize: options.pageSize ?? 10_000, securityStates: options.securityStatesPageSize ?? 200 },
    preview: options.preview ?? 'served',
    latencyMs,
    retryAfter,
    log,
    ...settingsByRoute(options),
  };
};

const checkCount = (name: string, count: number, most: number): void => {
  if (!Number.isInteger(count) || count < 0 || count > most)
    throw new Error(`${name}: ${count} is not a whole number from 0 to ${most.toLocaleString('en')}`);
};

const settingsByRoute = (options: SimulatorOptions) => {
  const limits = options.limits ?? parseLimits('100/60,1500/3600');
  const deviceAvLimits = options.deviceAvLimits ?? parseLimits('30/60,1000/3600');
  const toDefender = options.audiences ?? defenderAudiences;
  const toGraph = options.graphAudiences ?? graphAudiences;
  const { defenderBase = 'https://api.security.microsoft.com', graphBase = 'https://graph.microsoft.com' } = options;
  return {
    quotasOf: ({ name, ownLimits }: Route): readonly QuotaKey[] => {
      const own = { key: name, limits: ownLimits ? deviceAvLimits : limits };
      if (options.quotaScope !== 'application') return [own];
      return [{ key: 'application', limits }, ...(ownLimits ? [own] : [])];
    },
    audiencesOf: ({ audience }: Route) => (audience === 'graph' ? toGraph : toDefender),
    baseOf: ({ audience }: Route) => (audience === 'graph' ? `${graphBase}/testwdatppreview` : `${defenderBase}/api`),
  };
};
