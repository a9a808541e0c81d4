/**
 * The rows of `/api/deviceavinfo`, with what makes them awkward: machines without a row, machines with two, unset
 * dates as the year 1, verdicts as text, modes as digits in text.
 */
import { type FleetPlan, platformAt, revisionAt } from './device.ts';
import { day, instant } from './instant.ts';
import type { SimulatedMachine } from './machine.ts';
import { below, chance, guid, type Random, random, streams, weighted } from './random.ts';

export interface AntivirusRow {
  readonly id: string;
  readonly machineId: string;
  readonly [property: string]: unknown;
}

/** How many rows the machine at an index has: one, or none (four in a hundred), or two (two in a hundred). */
export const antivirusCountAt = ({ seed }: FleetPlan, index: number, onboarded: boolean): number =>
  countOf(random(seed, streams.antivirus, index), seed, index, onboarded);

/** One of them. @param row 0, or 1 for the second */
export const antivirusRowAt = (
  plan: FleetPlan,
  index: number,
  row: number,
  machine: SimulatedMachine,
): AntivirusRow => {
  const numbers = random(plan.seed, streams.antivirus, index);
  countOf(numbers, plan.seed, index, true);
  const { kind, version, osBuild } = platformAt(plan.seed, index);
  const osVersion = kind === 'windows' ? `10.0.${osBuild}.${revisionAt(plan.seed, index)}` : version;
  const next = () => rowOf(numbers, machine, { osKind: kind, osVersion, asOf: plan.asOf });
  if (row > 0) next();
  return next();
};

/** It moves the numbers on to where those of the first row begin. */
const countOf = (numbers: Random, seed: number, index: number, onboarded: boolean): number => {
  if (!onboarded || platformAt(seed, index).kind === 'mobile' || chance(numbers, 40)) return 0;
  return chance(numbers, 20) ? 2 : 1;
};

interface System {
  readonly osKind: string;
  readonly osVersion: string;
  readonly asOf: number;
}

const rowOf = (numbers: Random, machine: SimulatedMachine, { osKind, osVersion, asOf }: System): AntivirusRow => {
  const { id: machineId, computerDnsName, osPlatform, lastSeen, rbacGroupId, rbacGroupName } = machine;
  const [quickScanResult, fullScanResult] = [quickScan(numbers), fullScan(numbers)];
  return {
    id: guid(numbers),
    machineId,
    computerDnsName,
    osKind,
    osPlatform,
    osVersion,
    ...engineOf(numbers, asOf),
    quickScanResult,
    quickScanError: quickScanResult === 'Failed' ? '0x80508023' : '',
    quickScanTime: quickScanResult === '' ? unset : within(numbers, asOf, 7),
    fullScanResult,
    fullScanError: fullScanResult === 'Failed' ? '0x80508024' : '',
    fullScanTime: fullScanResult === '' ? null : within(numbers, asOf, 60),
    dataRefreshTimestamp: within(numbers, asOf, chance(numbers, 30) ? 20 : 1),
    lastSeenTime: lastSeen,
    rbacGroupId,
    rbacGroupName,
  };
};

const engineOf = (numbers: Random, asOf: number) => ({
  avMode: mode(numbers),
  avSignatureVersion: `1.4${below(numbers, 40) + 10}.${below(numbers, 1000)}.0`,
  avEngineVersion: '1.1.24080.9',
  avPlatformVersion: `4.18.${24_060 + 10 * below(numbers, 4)}.7`,
  avIsSignatureUpToDate: verdict(numbers),
  avIsEngineUpToDate: verdict(numbers),
  avIsPlatformUpToDate: verdict(numbers),
  avSignatureUpdateTime: updated(numbers, asOf),
  avEngineUpdateTime: updated(numbers, asOf),
  avPlatformUpdateTime: updated(numbers, asOf),
  avSignaturePublishTime: updated(numbers, asOf),
});

const unset = '0001-01-01T00:00:00Z';

const updated = (numbers: Random, asOf: number): string => (chance(numbers, 60) ? unset : within(numbers, asOf, 9));

const within = (numbers: Random, asOf: number, days: number): string =>
  instant(asOf - below(numbers, days * day), below(numbers, 10_000));

const verdict = weighted<string>([
  [880, 'True'],
  [70, 'False'],
  [50, 'Unknown'],
]);

const mode = weighted<string>([
  [820, '0'],
  [80, '1'],
  [30, '2'],
  [10, '3'],
  [30, '4'],
  [10, '5'],
  [20, ''],
]);

const quickScan = weighted<string>([
  [850, 'Completed'],
  [80, 'Canceled'],
  [30, 'Failed'],
  [40, ''],
]);

const fullScan = weighted<string>([
  [700, ''],
  [200, 'Completed'],
  [60, 'Canceled'],
  [40, 'Failed'],
]);
