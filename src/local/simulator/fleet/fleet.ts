/**
 * A tenant as Defender knows it, made from a seed. Every collection is made when first asked for, so that a big
 * fleet starts at once, and made anew when a machine has come, gone or changed. Alerts stay: they tell what was.
 */
import { alertAt, alertCount, type SimulatedAlert } from './alert.ts';
import { type AntivirusRow, antivirusRowsAt } from './antivirus.ts';
import type { FleetPlan } from './device.ts';
import { spokeTo } from './domains.ts';
import type { SimulatedMachine } from './machine.ts';
import { type Member, type Members, membersOf } from './members.ts';
import { type SimulatedSecurityState, securityStateAt } from './securityState.ts';
import { usersAt } from './users.ts';

export interface Fleet extends Pick<Members, 'add' | 'remove' | 'change'> {
  readonly plan: FleetPlan;
  /** Makes everything now, so that no call has to wait for it; a second or three for 100,000 machines. */
  warm(): void;
  /** In the order of the list; another array after each change. */
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
  const { all, planned, add, remove, change } = membersOf(plan);
  const machines = of(all, (members) => members.map(({ machine }) => machine));
  const directory = of(machines, directoryOf);
  const users = of(all, (members) => usersOf(plan, members));
  const securityStates = of(all, (members) =>
    members.flatMap(({ machine, index }) => securityStateAt(plan, index, machine) ?? []),
  );
  const antivirus = of(all, (members) =>
    members.flatMap(({ machine, index }) => antivirusRowsAt(plan, index, machine)),
  );
  const alerts = once(() => {
    const known = planned();
    return Array.from({ length: alertCount(plan) }, (_, index) => alertAt(plan, index, known));
  });
  const alertsById = once(() => new Map(alerts().map((alert) => [alert.id, alert])));
  return {
    plan,
    add,
    remove,
    change,
    warm: () => {
      for (const make of [directory, users, alertsById, securityStates, antivirus]) make();
    },
    machines,
    machine: (idOrName) => directory().get(idOrName.toLowerCase()),
    ofUser: (name) => users().get(name.toLowerCase()) ?? [],
    ofDomain: (domain, most) => spokeTo(plan, domain, all(), most).map(({ machine }) => machine),
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

const usersOf = (plan: FleetPlan, members: readonly Member[]): Map<string, SimulatedMachine[]> => {
  const users = new Map<string, SimulatedMachine[]>();
  for (const { machine, index } of members)
    for (const user of usersAt(plan, index)) {
      const found = users.get(user.toLowerCase());
      if (found) found.push(machine);
      else users.set(user.toLowerCase(), [machine]);
    }
  return users;
};

/** What is made of a source, until the source is another. */
const of = <S, T>(source: () => S, make: (source: S) => T): (() => T) => {
  let made: { readonly from: S; readonly value: T } | undefined;
  return () => {
    const from = source();
    if (made?.from !== from) made = { from, value: make(from) };
    return made.value;
  };
};

const once = <T>(make: () => T): (() => T) => {
  const nothing = {};
  return of(() => nothing, make);
};
