/**
 * A tenant as Defender knows it, made from a seed. Every collection is made when first asked for, so that a big
 * fleet starts at once, and made anew when a machine has come, gone or changed. Alerts stay: they tell what was.
 */
import { alertAt, alertCount, type SimulatedAlert } from './alert.ts';
import { type AntivirusRow, antivirusCountAt, antivirusRowAt } from './antivirus.ts';
import { type FleetPlan, isKept, isOnboardedAt } from './device.ts';
import { type Directory, directoryOf } from './directory.ts';
import { spokeTo } from './domains.ts';
import { type List, listOf } from './list.ts';
import type { SimulatedMachine } from './machine.ts';
import { type Members, membersOf, type Roll } from './members.ts';
import { streams } from './random.ts';
import { hasSecurityStateAt, type SimulatedSecurityState, securityStateAt } from './securityState.ts';
import { shuffled } from './shuffled.ts';

export interface Fleet extends Members {
  readonly plan: FleetPlan;
  /** Makes everything now, so that no call has to wait for it; a second or three for 100,000 machines. */
  warm(): void;
  /** In the order of the list; another one after each change. */
  machines(): List<SimulatedMachine>;
  /** By id or by computer name, whatever the case; of several with one name, the one seen last. */
  machine(idOrName: string): SimulatedMachine | undefined;
  /** By account name alone, whatever the case. */
  ofUser(name: string): readonly SimulatedMachine[];
  ofDomain(domain: string, most: number): readonly SimulatedMachine[];
  alerts(): readonly SimulatedAlert[];
  alert(id: string): SimulatedAlert | undefined;
  /** Each in an order of its own, which is not that of the machines. */
  securityStates(): List<SimulatedSecurityState>;
  antivirus(): List<AntivirusRow>;
}

/** The fleet of a plan. */
export const fleetOf = (plan: FleetPlan): Fleet => {
  const members = membersOf(plan);
  const { roll } = members;
  const machines = of(roll, ({ indexes, machineOf }) => listIn(plan, indexes, machineOf));
  const directory = of(roll, (known) => directoryOf(plan, known));
  const securityStates = of(roll, (known) => securityStatesOf(plan, known));
  const antivirus = of(roll, (known) => antivirusOf(plan, known));
  const alerts = once(() => Array.from({ length: alertCount(plan) }, (_, index) => alertAt(plan, index)));
  const alertsById = once(() => new Map(alerts().map((alert) => [alert.id, alert])));
  return {
    plan,
    ...members,
    warm: () => {
      for (const make of [machines, directory, alertsById, securityStates, antivirus]) make();
    },
    machines,
    machine: (idOrName) => known(roll(), directory, idOrName.toLowerCase()),
    ofUser: (name) => directory().ofUser(name.toLowerCase()),
    ofDomain: (domain, most) => spokeTo(plan, domain, roll().indexes, most).map(roll().machineOf),
    alerts,
    alert: (id) => alertsById().get(id),
    securityStates,
    antivirus,
  };
};

const known = (roll: Roll, directory: () => Directory, idOrName: string): SimulatedMachine | undefined => {
  const index = roll.indexOf(idOrName);
  return index === undefined ? directory().named(idOrName) : roll.machineOf(index);
};

const securityStatesOf = (plan: FleetPlan, { indexes, machineOf, saidOf }: Roll): List<SimulatedSecurityState> => {
  const listed = indexes.filter((index) => hasSecurityStateAt(plan, index, saidOf(index)));
  const ordered = shuffled(plan.seed, streams.securityStateOrder, listed);
  return listIn(plan, ordered, (index) => securityStateAt(plan, index, machineOf(index)));
};

/** A machine's rows are known by twice its place, and one more for the second. */
const antivirusOf = (plan: FleetPlan, { indexes, machineOf, saidOf }: Roll): List<AntivirusRow> => {
  const isOnboarded = (index: number): boolean => {
    const said = saidOf(index)?.onboardingStatus;
    return said === undefined ? isOnboardedAt(plan.seed, index) : said === 'Onboarded';
  };
  const rows: number[] = [];
  for (const index of indexes)
    for (let row = antivirusCountAt(plan, index, isOnboarded(index)) - 1; row >= 0; row--) rows.push(2 * index + row);
  const ordered = shuffled(plan.seed, streams.antivirusOrder, Uint32Array.from(rows));
  return listIn(plan, ordered, (row) => antivirusRowAt(plan, row >> 1, row % 2, machineOf(row >> 1)));
};

/** Made now where the fleet is small. */
const listIn = <T>(plan: FleetPlan, keys: Uint32Array, make: (key: number) => T): List<T> => {
  const list = listOf(keys, make);
  return isKept(plan) ? [...list] : list;
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
