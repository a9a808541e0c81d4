/**
 * What has to be stored of a machine, said once more and in other words than where it is made: from the very rows of the simulated fleet, and
 * not by way of calls, pages and tables.
 */
import { antivirusCountAt, antivirusRowAt } from '../../../src/local/simulator/fleet/antivirus.ts';
import type { Fleet } from '../../../src/local/simulator/fleet/fleet.ts';
import type { SimulatedMachine } from '../../../src/local/simulator/fleet/machine.ts';
import { hasSecurityStateAt, securityStateAt } from '../../../src/local/simulator/fleet/securityState.ts';
import type { SecurityState, SourceName } from '../../../src/snapshots/securityState.ts';

/**
 * @param index place of the machine in the fleet's plan
 * @param startedAt when the run began, as text
 * @returns undefined where the source does not list the machine
 */
export const expectedState = (
  fleet: Fleet,
  index: number,
  source: SourceName,
  startedAt: string,
): SecurityState | undefined => {
  const { machineOf, saidOf } = fleet.roll();
  if (source === 'composed') return composed(fleet, index, Date.parse(startedAt));
  if (!hasSecurityStateAt(fleet.plan, index, saidOf(index))) return undefined;
  const state = securityStateAt(fleet.plan, index, machineOf(index));
  return { ...state, propertiesRequireAttention: [...state.propertiesRequireAttention].sort() };
};

const staleMs = 7 * 24 * 3600 * 1000;

const composed = (fleet: Fleet, index: number, startedAt: number): SecurityState => {
  const machine = fleet.roll().machineOf(index);
  const report = newestReport(fleet, index, machine);
  const osVersion = report ? String(report.osVersion) : null;
  const [, , build, revision] = osVersion?.split('.').map(Number) ?? [];
  const isWindows = osVersion?.startsWith('10.0.') ?? false;
  const verdicts = ['Signature', 'Engine', 'Platform'].map((what) => report?.[`avIs${what}UpToDate`]);
  const isStale = report !== undefined && Date.parse(String(report.dataRefreshTimestamp)) < startedAt - staleMs;
  const isSilent = report ? verdicts.every((verdict) => verdict === 'Unknown') : machine.osPlatform !== 'iOS';
  const wants: readonly (readonly [string, boolean])[] = [
    ['AntivirusDisabled', report?.avMode === '2'],
    ['AntivirusNotReporting', isStale || isSilent],
    ['AntivirusNotUpdated', verdicts.includes('False')],
    ['EdrImpairedCommunications', machine.healthStatus.endsWith('ImpairedCommunication')],
    ['EdrNoSensorData', machine.healthStatus.startsWith('NoSensorData')],
  ];
  const isWatched = machine.onboardingStatus === 'Onboarded' && machine.mergedIntoMachineId === null;
  return {
    id: machine.id,
    build: machine.osBuild ?? (isWindows ? (build ?? null) : null),
    revision: isWindows ? (revision ?? null) : null,
    architecture: 'Amd64',
    osVersion,
    propertiesRequireAttention: isWatched ? wants.flatMap(([name, holds]) => (holds ? [name] : [])) : [],
  };
};

const newestReport = ({ plan }: Fleet, index: number, machine: SimulatedMachine) => {
  const count = antivirusCountAt(plan, index, machine.onboardingStatus === 'Onboarded');
  const rows = Array.from({ length: count }, (_, row) => antivirusRowAt(plan, index, row, machine));
  const at = (row: (typeof rows)[number]) => Date.parse(String(row.dataRefreshTimestamp));
  return rows.sort((a, b) => at(b) - at(a))[0];
};
