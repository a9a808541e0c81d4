/** What there is to ask for: one example of each kind, so that people and demonstrations need not search. */
import { type AlertIdShape, alertIdShapes, isOfShape } from './fleet/alertIds.ts';
import { domainNames } from './fleet/domains.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { SimulatedMachine } from './fleet/machine.ts';
import { type Incident, incidentIn } from './incidentExample.ts';
import { type LookupExamples, lookupExamples } from './lookupExamples.ts';

/** Counts and examples; undefined where the fleet is too small to have one. */
export interface FleetSummary extends LookupExamples {
  readonly machines: number;
  readonly alerts: number;
  readonly securityStates: number;
  readonly antivirusRows: number;
  readonly seed: number;
  readonly asOf: string;
  readonly examples: Readonly<Record<string, string | undefined>>;
  /** An alert id of each shape, of machines that exist. */
  readonly alertIds: Readonly<Partial<Record<AlertIdShape, string>>>;
  /** An alert of whose host name, address and device id one machine alone is meant; undefined in a small fleet. */
  readonly incident: Incident | undefined;
  /** Domains and how many machines Defender lists for each; 500 means that there may be more. */
  readonly domains: Readonly<Record<string, number>>;
}

/** Machines that are looked at for examples; each story of a fleet is told in the first few hundred. */
const looked = 10_240;

export const fleetSummary = (fleet: Fleet): FleetSummary => {
  const { seed, asOf } = fleet.plan;
  const machines = fleet.machines().slice(0, looked);
  return {
    machines: fleet.machines().length,
    alerts: fleet.alerts().length,
    securityStates: fleet.securityStates().length,
    antivirusRows: fleet.antivirus().length,
    seed,
    asOf: new Date(asOf).toISOString(),
    examples: examplesOf(fleet, machines),
    alertIds: alertIdsOf(fleet),
    incident: incidentIn(fleet, machines),
    ...lookupExamples(machines),
    domains: Object.fromEntries(domainNames.map((name) => [name, fleet.ofDomain(name, 500).length])),
  };
};

const examplesOf = (
  fleet: Fleet,
  machines: readonly SimulatedMachine[],
): Readonly<Record<string, string | undefined>> => {
  const idOf = (fits: (machine: SimulatedMachine) => boolean) => machines.find(fits)?.id;
  return {
    machineId: machines[0]?.id,
    computerName: machines[0]?.computerDnsName ?? undefined,
    nameOfSeveralMachines:
      machines.find(({ isPotentialDuplication }) => isPotentialDuplication)?.computerDnsName ?? undefined,
    mergedMachineId: idOf(({ mergedIntoMachineId }) => mergedIntoMachineId !== null),
    machineWithoutBuildId: idOf(({ osBuild }) => osBuild === null),
    unknownMachineId: '0000000000000000000000000000000000000000',
    user: 'user1',
    userOfManyMachines: 'administrator',
    awkwardUser: "o'brien",
    unknownUser: 'nobody',
    domain: 'malware.example',
    domainOfMostMachines: 'login.microsoftonline.com',
    unknownDomain: 'unknown.example',
    alertOfUnknownMachine: fleet.alerts().find(({ machineId }) => machineId && !fleet.machine(machineId))?.id,
    alertWithoutMachine: fleet.alerts().find(({ machineId }) => machineId === null)?.id,
    unknownAlertId: 'da637472900382838869_1',
  };
};

const alertIdsOf = (fleet: Fleet): Readonly<Partial<Record<AlertIdShape, string>>> =>
  Object.fromEntries(
    alertIdShapes.flatMap((shape) => {
      const isKnown = (machineId: string | null) => machineId !== null && fleet.machine(machineId) !== undefined;
      const one = fleet.alerts().find(({ id, machineId }) => isOfShape(id, shape) && isKnown(machineId));
      return one ? [[shape, one.id]] : [];
    }),
  );
