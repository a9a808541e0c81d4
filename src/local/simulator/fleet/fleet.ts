/**
 * A tenant as Defender knows it, made from a seed. Every collection is made when first asked for, so that a big
 * fleet starts at once.
 */
import { alertAt, alertCount, type SimulatedAlert } from './alert.ts';
import { type AntivirusRow, antivirusRowsAt } from './antivirus.ts';
import type { FleetPlan } from './device.ts';
import { indexesOfDomain } from './domains.ts';
import { machineAt, type SimulatedMachine } from './machine.ts';
import { type SimulatedSecurityState, securityStateAt } from './securityState.ts';
import { usersAt } from './users.ts';

export interface Fleet {
  readonly plan: FleetPlan;
  /** Makes everything now, so that no call has to wait for it; a second or three for 100,000 machines. */
  warm(): void;
  machines(): readonly SimulatedMachine[];
  /** By id or by computer name, whatever the case; of several with one name, the one seen last. */
  machine(idOrName: string): SimulatedMachine | undefined;
  /** By account name alone, whatever the case. */
  ofUser(name: string): readonly SimulatedMachine[];
  ofDomain(domain: string, most: number): readonly SimulatedMachine[];
  alerts(): readonly SimulatedAlert[];
  alert(id: string): SimulatedAlert | undefined;
  securityStates(): readonly SimulatedSecurityState[];
  antivirus(): readonly AntivirusRow[];
}

/** The fleet of a plan. */
export const fleetOf = (plan: FleetPlan): Fleet => {
  const machines = once(() => Array.from({ length: plan.machines }, (_, index) => machineAt(plan, index)));
  const alerts = once(() => Array.from({ length: alertCount(plan) }, (_, index) => alertAt(plan, index, machines())));
  const directory = once(() => directoryOf(machines()));
  const users = once(() => usersOf(plan, machines()));
  const alertsById = once(() => new Map(alerts().map((alert) => [alert.id, alert])));
  const securityStates = once(() =>
    machines().flatMap((machine, index) => securityStateAt(plan, index, machine) ?? []),
  );
  const antivirus = once(() => machines().flatMap((machine, index) => antivirusRowsAt(plan, index, machine)));
  return {
    plan,
    warm: () => {
      for (const make of [directory, users, alertsById, securityStates, antivirus]) make();
    },
    machines,
    machine: (idOrName) => directory().get(idOrName.toLowerCase()),
    ofUser: (name) => users().get(name.toLowerCase()) ?? [],
    ofDomain: (domain, most) => indexesOfDomain(plan, domain, most).flatMap((index) => machines()[index] ?? []),
    alerts,
    alert: (id) => alertsById().get(id),
    securityStates,
    antivirus,
  };
};

const directoryOf = (machines: readonly SimulatedMachine[]): Map<string, SimulatedMachine> => {
  const directory = new Map<string, SimulatedMachine>();
  for (const machine of machines) {
    const name = machine.computerDnsName?.toLowerCase();
    if (name && machine.lastSeen >= (directory.get(name)?.lastSeen ?? '')) directory.set(name, machine);
  }
  for (const machine of machines) directory.set(machine.id, machine);
  return directory;
};

const usersOf = (plan: FleetPlan, machines: readonly SimulatedMachine[]): Map<string, SimulatedMachine[]> => {
  const users = new Map<string, SimulatedMachine[]>();
  machines.forEach((machine, index) => {
    for (const user of usersAt(plan, index)) {
      const found = users.get(user.toLowerCase());
      if (found) found.push(machine);
      else users.set(user.toLowerCase(), [machine]);
    }
  });
  return users;
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
