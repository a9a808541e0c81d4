/** One record of `/api/alerts`, with the types of the wire (mitreTechniques an array, relatedUser an object). */
import { type AlertEvidence, evidenceOf } from './alertEvidence.ts';
import { alertId, alertIdShapes } from './alertIds.ts';
import type { FleetPlan } from './device.ts';
import { hour, instant } from './instant.ts';
import { machineAt } from './machine.ts';
import { below, chance, guid, hex, pick, type Random, random, streams, weighted } from './random.ts';
import { usersAt } from './users.ts';

export interface SimulatedAlert {
  readonly id: string;
  readonly machineId: string | null;
  readonly alertCreationTime: string;
  readonly evidence: readonly AlertEvidence[];
  readonly [property: string]: unknown;
}

/** How many alerts a fleet has: one for five machines, 24 to 10,000, unless the plan says; none where there are no machines. */
export const alertCount = ({ machines, alerts }: FleetPlan): number =>
  machines === 0 ? 0 : (alerts ?? Math.min(10_000, Math.max(24, Math.floor(machines / 5))));

/**
 * The alert at an index; the first has the id of the vendor's example, whose ticks are of 2018. One in 46 is about a device that the fleet does not have, as many about none.
 */
export const alertAt = (plan: FleetPlan, index: number): SimulatedAlert => {
  const numbers = random(plan.seed, streams.alert, index);
  const [created, ticks] = [plan.asOf - hour - below(numbers, 29 * 24 * hour), below(numbers, 10_000)];
  const machineIndex = index === 0 ? 0 : below(numbers, plan.machines);
  const machine = index % 23 === 1 ? undefined : machineAt(plan, machineIndex);
  const id = alertId(alertIdShapes[index % alertIdShapes.length] ?? 'prefixed', numbers, created, ticks);
  const user = usersAt(plan, machineIndex)[0] ?? 'user1';
  const head = headOf(index === 0 ? '636688558380765161_2136280442' : id, numbers);
  return {
    ...head,
    ...timesOf(numbers, created, ticks, head.status === 'Resolved'),
    machineId: machine?.id ?? (index % 2 === 0 ? null : hex(numbers, 40)),
    computerDnsName: machine?.computerDnsName ?? null,
    rbacGroupName: machine?.rbacGroupName ?? null,
    aadTenantId: plan.tenantId,
    threatName: null,
    mitreTechniques: pick<readonly string[]>(numbers, [['T1059.001'], ['T1003', 'T1078'], []]),
    relatedUser: chance(numbers, 800) ? { userName: user, domainName: 'CONTOSO' } : null,
    comments: [],
    evidence: evidenceOf(numbers, user, instant(created, ticks)),
  };
};

const headOf = (id: string, numbers: Random) => {
  const status = statusOf(numbers);
  const resolved = status === 'Resolved';
  return {
    id,
    incidentId: 1000 + below(numbers, 9000),
    investigationId: chance(numbers, 400) ? 1 + below(numbers, 5000) : null,
    assignedTo: chance(numbers, 300) ? 'secop@contoso.com' : null,
    severity: severityOf(numbers),
    status,
    classification: resolved ? pick(numbers, ['TruePositive', 'FalsePositive']) : null,
    determination: resolved ? pick(numbers, ['Malware', 'SecurityTesting', 'Other']) : null,
    investigationState: pick(numbers, ['Unknown', 'Queued', 'SuccessfullyRemediated', 'UnsupportedAlertType']),
    detectionSource: pick(numbers, ['WindowsDefenderAtp', 'WindowsDefenderAv', 'CustomDetection']),
    detectorId: guid(numbers),
    category: pick(numbers, ['Execution', 'CredentialAccess', 'Malware', 'SuspiciousActivity']),
    threatFamilyName: null,
    title: pick(numbers, ['Suspicious PowerShell command line', "'Mimikatz' credential theft tool", 'Test alert']),
    description: 'A process behaved in a way that is often seen in attacks.',
  };
};

const statusOf = weighted<string>([
  [400, 'New'],
  [250, 'InProgress'],
  [350, 'Resolved'],
]);

const severityOf = weighted<string>([
  [300, 'Informational'],
  [350, 'Low'],
  [250, 'Medium'],
  [100, 'High'],
]);

const timesOf = (numbers: Random, created: number, ticks: number, resolved: boolean) => {
  const firstEventTime = instant(created - below(numbers, hour), below(numbers, 10_000));
  const lastEventTime = instant(created - below(numbers, 60_000), below(numbers, 10_000));
  const lastUpdateTime = instant(created + below(numbers, hour), below(numbers, 10_000));
  return {
    alertCreationTime: instant(created, ticks),
    firstEventTime,
    lastEventTime,
    lastUpdateTime,
    resolvedTime: resolved ? lastUpdateTime : null,
  };
};
