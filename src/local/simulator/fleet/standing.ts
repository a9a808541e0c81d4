/** How a machine stands: when it was seen, whether its sensor reports, how exposed it is. */
import { type FleetPlan, isOnboardedAt, platformAt, storyOf } from './device.ts';
import { day, hour, instant } from './instant.ts';
import { below, chance, type Random, random, streams, weighted } from './random.ts';

export interface Standing {
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly healthStatus: string;
  readonly deviceValue: string | null;
  readonly riskScore: string | null;
  readonly exposureLevel: string | null;
  readonly onboardingStatus: string;
}

export const standingAt = (plan: FleetPlan, index: number): Standing => {
  const numbers = random(plan.seed, streams.standing, index);
  const onboarded = isOnboardedAt(plan.seed, index);
  const healthStatus = healthOf(numbers, index, onboarded);
  const lastSeen = plan.asOf - silenceOf(numbers, healthStatus);
  const firstSeen = lastSeen - below(numbers, 900 * day);
  return {
    firstSeen: instant(firstSeen, below(numbers, 10_000)),
    lastSeen: instant(lastSeen, below(numbers, 10_000)),
    healthStatus,
    deviceValue: chance(numbers, platformAt(plan.seed, index).server ? 300 : 20) ? 'High' : otherValue(numbers),
    riskScore: onboarded ? risk(numbers) : 'None',
    exposureLevel: onboarded ? exposure(numbers) : 'None',
    onboardingStatus: onboarded ? 'Onboarded' : discovered(numbers),
  };
};

const healthOf = (numbers: Random, index: number, onboarded: boolean): string => {
  if (!onboarded) return 'Unknown';
  return storyOf(index).kind === 'merged' ? 'Inactive' : health(numbers);
};

const health = weighted<string>([
  [830, 'Active'],
  [90, 'Inactive'],
  [30, 'ImpairedCommunication'],
  [25, 'NoSensorData'],
  [15, 'NoSensorDataImpairedCommunication'],
  [10, 'Unknown'],
]);

const risk = weighted([
  [700, 'None'],
  [120, 'Informational'],
  [100, 'Low'],
  [50, 'Medium'],
  [20, 'High'],
  [10, null],
]);

const exposure = weighted([
  [20, 'None'],
  [500, 'Low'],
  [330, 'Medium'],
  [140, 'High'],
  [10, null],
]);

const otherValue = weighted([
  [900, 'Normal'],
  [70, 'Low'],
  [30, null],
]);

const discovered = weighted<string>([
  [500, 'CanBeOnboarded'],
  [350, 'InsufficientInfo'],
  [150, 'Unsupported'],
]);

/** Milliseconds since it was seen: an inactive machine has been silent for more than seven days, an active one a day. */
const silenceOf = (numbers: Random, healthStatus: string): number => {
  if (healthStatus === 'Inactive') return 7 * day + 60_000 + below(numbers, 170 * day);
  return 60_000 + below(numbers, healthStatus === 'Active' ? 26 * hour : 6 * day);
};
