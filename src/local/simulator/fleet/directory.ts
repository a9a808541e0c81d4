/** Machines by what they are called, and by who uses them. What is found is kept in a small fleet, and looked for in a big one. */
import { type FleetPlan, isKept } from './device.ts';
import type { SimulatedMachine } from './machine.ts';
import type { Roll } from './members.ts';
import { computerNameAt } from './names.ts';
import { usersAt } from './users.ts';

export interface Directory {
  /** Of several with one name, the one seen last. @param name in lower case */
  named(name: string): SimulatedMachine | undefined;
  /** @param user in lower case */
  ofUser(user: string): readonly SimulatedMachine[];
}

export const directoryOf = (plan: FleetPlan, roll: Roll): Directory =>
  isKept(plan) ? indexed(plan, roll) : searched(plan, roll);

const indexed = (plan: FleetPlan, { indexes, machineOf }: Roll): Directory => {
  const names = new Map<string, SimulatedMachine>();
  const users = new Map<string, SimulatedMachine[]>();
  for (const index of indexes) {
    const machine = machineOf(index);
    const name = machine.computerDnsName?.toLowerCase();
    if (name) names.set(name, later(names.get(name), machine));
    for (const user of usersAt(plan, index).map((each) => each.toLowerCase()))
      users.set(user, [...(users.get(user) ?? []), machine]);
  }
  return { named: (name) => names.get(name), ofUser: (user) => users.get(user) ?? [] };
};

/** Names and users alone are made of each machine, and whole records of those that fit. */
const searched = (plan: FleetPlan, { indexes, machineOf, saidOf }: Roll): Directory => {
  const nameAt = (index: number): string | null => {
    const said = saidOf(index)?.computerDnsName;
    return said === undefined ? computerNameAt(plan.seed, index) : said;
  };
  const found = (fits: (index: number) => boolean) => Array.from(indexes.filter(fits), machineOf);
  return {
    named: (name) =>
      found((index) => nameAt(index)?.toLowerCase() === name).reduce<SimulatedMachine | undefined>(later, undefined),
    ofUser: (user) => found((index) => usersAt(plan, index).some((each) => each.toLowerCase() === user)),
  };
};

const later = (one: SimulatedMachine | undefined, other: SimulatedMachine): SimulatedMachine =>
  one && one.lastSeen > other.lastSeen ? one : other;
